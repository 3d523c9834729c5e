// What each part of the pages brings to a browser that has nothing but the first page: its own file, and those that it
// shares with other parts, as the loader of wasm-split names them. Rows of a table, for the folder that holds them.

import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const folder = process.argv[2];
const loader = readFileSync(`${folder}/__wasm_split.js`, "utf8");
const packed = (name) => brotliCompressSync(readFileSync(`${folder}/${name}.wasm`)).length;

for (const [, part, list] of loader.matchAll(/__wasm_split_load_(\w+) =.*?\[([^\]]*)\]\)\)/gs)) {
  const shared = list.split(", ").map((name) => packed(name.slice(2)));
  const all = shared.reduce((sum, size) => sum + size, packed(`split_${part}`));
  console.log(`| ${part}, with what it shares | ${shared.length + 1} files | ${all} |`);
}
