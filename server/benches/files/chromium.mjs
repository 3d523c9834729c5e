// Reading in Chromium: a page with nothing on it, and a worker that reads the file that was chosen.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { watch } from "./memory.mjs";
import { launch, peers, site } from "./places.mjs";

const PAGE = '<!doctype html><meta charset="utf-8"><title>Reading</title><input type="file">';
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };

/** Serves the site, the peers and their workers. */
export function serve() {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    if (path === "/") return response.setHeader("Content-Type", "text/html").end(PAGE);
    const places = { "/peers/": peers, "/workers/": join(import.meta.dirname, "workers") };
    const prefix = Object.keys(places).find((prefix) => path.startsWith(prefix));
    const file = prefix ? join(places[prefix], path.slice(prefix.length)) : join(site, path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/**
 * Reads a file with one reader: milliseconds from the moment the worker is begun until it has all rows, how many those
 * are or what was said instead, the growth of the process and the time of processors for it, and the longest task on the
 * page's thread meanwhile, of those over 50 ms. With a `next` file that one is read after it, on the same page: `next`
 * says how many rows it has.
 */
export async function readInChromium(server, reader, path, next) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.setInputFiles("input", path);
    const watched = await watch(browser);
    const read = { ...(await page.evaluate(readOnPage, reader)), ...watched() };
    if (!next) return read;
    await page.setInputFiles("input", next);
    return { ...read, next: (await page.evaluate(readOnPage, reader)).rows };
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
async function readOnPage(reader) {
  let longest = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (longest = Math.max(longest, duration)))).observe({
    type: "longtask",
  });
  const [file] = document.querySelector("input").files;
  const begin = performance.now();
  const ours = reader === "muster";
  const worker = ours ? new Worker("/file-worker.js", { type: "module" }) : new Worker(`/workers/${reader}.js`);
  const answer = await new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(`${reader}: ${message}`));
    worker.onmessage = ({ data }) => {
      if (!ours) return resolve({ rows: data });
      const said = JSON.parse(data);
      if (said === "Died") return resolve({ said: "Died" });
      if (!said.Answer) return;
      const { Ok, Err } = said.Answer.answer;
      // The names of the columns are a row for the peers.
      resolve(Ok ? { rows: Ok.Opened.rows + 1 } : { said: Err.Broken?.text ?? JSON.stringify(Err) });
    };
    const nothing = { sheet: null, encoding: null, delimiter: null, quote: null, header: null };
    const ask = JSON.stringify({ number: 0, language: "en", ask: { Read: nothing } });
    worker.postMessage(ours ? [ask, file] : file);
  });
  const milliseconds = performance.now() - begin;
  worker.terminate();
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { ...answer, milliseconds, longest };
}
