// Reads a file in Node, in a process of its own: `node node.mjs READER FILE` prints JSON.
import { openSync, readFileSync, readSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { execFileSync } from "node:child_process";
import { requirePeer, wasm } from "./places.mjs";

/** Each gets ready and answers a function that reads a file and answers how many rows it has. */
const READERS = {
  muster: () => {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm)), {});
    const { memory, expect, room, csv, xlsx } = instance.exports;
    return (path) => {
      const file = openSync(path);
      const size = statSync(path).size;
      // A workbook is read as a whole: the names in it stand at its end. As much memory is expected as the file page does.
      const [piece, read, wanted] = path.endsWith(".csv") ? [4 << 20, csv, size * 1.5] : [size, xlsx, size * 8];
      expect(wanted);
      let rows;
      for (let at = 0; at < size; at += piece) {
        const length = Math.min(piece, size - at);
        const place = room(length);
        readSync(file, new Uint8Array(memory.buffer, place, length), 0, length, at);
        rows = read();
      }
      if (read === csv) {
        room(0);
        rows = csv();
      }
      return rows;
    };
  },
  papaparse: () => {
    const Papa = requirePeer("papaparse");
    return (path) => (globalThis.rows = Papa.parse(readFileSync(path, "utf8"), { skipEmptyLines: true }).data).length;
  },
  sheetjs: () => {
    const XLSX = requirePeer("xlsx");
    return (path) => {
      const workbook = XLSX.read(readFileSync(path), { dense: true });
      const sheet = workbook.Sheets[workbook.SheetNames[0]];
      return (globalThis.rows = XLSX.utils.sheet_to_json(sheet, { header: 1, raw: false })).length;
    };
  },
  exceljs: () => {
    const ExcelJS = requirePeer("exceljs");
    return async (path) => {
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(readFileSync(path));
      const rows = (globalThis.rows = []);
      workbook.worksheets[0].eachRow((row) => rows.push(row.values));
      return rows.length;
    };
  },
};

/**
 * Reads with one reader: milliseconds on the clock and of processors, rows, and by how much the process
 * grew at most.
 */
export function readInNode(reader, path) {
  const options = { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] };
  return JSON.parse(execFileSync(process.execPath, ["--max-old-space-size=8192", import.meta.filename, reader, path], options));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [reader, path] = process.argv.slice(2);
  const read = READERS[reader]();
  const before = process.memoryUsage.rss();
  const worked = process.cpuUsage();
  const begin = performance.now();
  const rows = await read(path);
  const milliseconds = performance.now() - begin;
  const { user, system } = process.cpuUsage(worked);
  console.log(JSON.stringify({ rows, milliseconds, processor: (user + system) / 1000, memory: process.resourceUsage().maxRSS * 1024 - before }));
}
