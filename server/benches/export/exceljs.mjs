// Writes what a statement finds as a workbook with ExcelJS's streaming writer, and prints how many seconds reading and writing took.
import { execFileSync } from "node:child_process";
import { requirePeer } from "../files/places.mjs";

const [database, select, to] = process.argv.slice(2);
const papaparse = requirePeer("papaparse");
const ExcelJS = requirePeer("exceljs");
const begin = performance.now();
const text = execFileSync("sqlite3", ["-csv", database, select], { encoding: "utf8", maxBuffer: 2 ** 30 });
const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: to });
const sheet = workbook.addWorksheet("Users");
for (const row of papaparse.parse(text, { skipEmptyLines: true }).data) sheet.addRow(row).commit();
await workbook.commit();
console.log((performance.now() - begin) / 1000);
