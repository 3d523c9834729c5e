// Plans in wasm on request: a line with a number of people on standard input, milliseconds and changes on standard output.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const { prepare, run, forget } = new WebAssembly.Instance(module, {}).exports;

let prepared = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const count = Number(line);
  if (count !== prepared) prepare((prepared = count));
  const start = performance.now();
  const changes = run();
  const elapsed = performance.now() - start;
  forget();
  console.log(`${elapsed} ${changes}`);
}
