// Files: our readers beside those of JavaScript, in Chromium and in Node; from a dropped file to its review and its commit
// beside django-import-export; and a file as large as a tab can bear. Prints the tables of README.md.
import { execFileSync } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { readInChromium, serve } from "./chromium.mjs";
import { inTurn, mebibytes, median, ratio, table, time } from "./measure.mjs";
import { withMuster } from "./muster.mjs";
import { readInNode } from "./node.mjs";
import { files, python } from "./places.mjs";

const RUNS = 3;
const FULL = process.env.SCALE === "full";
const NAMES = { muster: "ours", papaparse: "Papa Parse", sheetjs: "SheetJS", exceljs: "ExcelJS" };
const GOALS = { papaparse: 0.5, sheetjs: 1 / 3, exceljs: 1 / 3 };
const count = (number) => number.toLocaleString("en");
const tasks = (longest) => (longest ? `**${Math.round(longest)} ms**` : "none over 50 ms");
const folder = mkdtempSync(join(tmpdir(), "muster-files-"));
const progress = (text) => console.error(`files: ${text}`);

function make(rows, kind, changed = 0) {
  const path = join(folder, `people-${rows}-${changed}.${kind}`);
  execFileSync(files, ["make", path, String(rows), String(changed)]);
  return path;
}

/** Milliseconds by our reader and by the crate that is the limit. */
function natively(path) {
  const lines = execFileSync(files, ["read", path, String(RUNS)], { encoding: "utf8" }).trim().split("\n");
  const runs = lines.map((line) => line.split(" ").map(Number));
  return [median(runs.map(([ours]) => ours)), median(runs.map(([, theirs]) => theirs))];
}

/** A table for one file: every reader in every place. */
async function reading(server, rows, kind, peers) {
  const path = make(rows, kind);
  const half = make(rows / 2, kind);
  const bytes = statSync(path).size;
  const lines = [];
  for (const [place, read] of [
    ["Chromium", (reader, path) => readInChromium(server, reader, path)],
    ["Node", readInNode],
  ]) {
    progress(`${kind}, ${count(rows)} rows, ${place}`);
    const readers = Object.fromEntries(["muster", ...peers].map((reader) => [reader, () => read(reader, path)]));
    const gave = await inTurn(RUNS, { ...readers, half: () => read("muster", half) });
    const of = (reader, what) => median(gave[reader].map((run) => run[what]));
    for (const reader of ["muster", ...peers]) {
      const found = gave[reader][0].rows;
      if (found !== rows + 1) throw new Error(`${NAMES[reader]} found ${found} rows in ${place}, not ${rows + 1}`);
    }
    const longest = Math.max(...gave.muster.map((run) => run.longest ?? 0));
    const grown = of("muster", "memory");
    // A CSV file may need three times its size; a workbook half of what SheetJS needs.
    const beyond = kind === "csv" && grown > 3 * bytes;
    const own = `${mebibytes(grown)}, ${beyond ? "**" : ""}${(grown / bytes).toFixed(1)}${beyond ? "**" : ""} × the file`;
    const exponent = Math.log2(of("muster", "processor") / of("half", "processor")).toFixed(2);
    lines.push([`ours, ${place}`, time(of("muster", "milliseconds")), time(of("muster", "processor")), "", "", "", own, place === "Chromium" ? tasks(longest) : "", exponent]);
    for (const peer of peers) {
      const quicker = ratio(of("muster", "milliseconds"), of(peer, "milliseconds"), GOALS[peer]);
      const smaller = ratio(grown, of(peer, "memory"), kind === "xlsx" ? 0.5 : Infinity);
      const lighter = ratio(of("muster", "processor"), of(peer, "processor"), GOALS[peer]);
      const goal = `≤ ${GOALS[peer].toFixed(2)}`;
      lines.push([`${NAMES[peer]}, ${place}`, time(of(peer, "milliseconds")), time(of(peer, "processor")), quicker, lighter, goal, `${mebibytes(of(peer, "memory"))}: ${smaller}`, "", ""]);
    }
  }
  const [ours, limit] = natively(path);
  lines.push(["ours, native", time(ours), "", "", "", "", "", "", ""]);
  lines.push([kind === "csv" ? "the crate csv, native" : "calamine's cells reader, native", time(limit), "", ratio(ours, limit), "", "", "", "", ""]);
  const what = `${kind.toUpperCase()}, ${count(rows)} × 15 (${(bytes / 1e6).toFixed(1)} MB)`;
  table([what, "time", "of processors", "ours beside it", "of processors", "goal", "memory: ours beside it", "longest task of the page", "growth exponent"], lines);
  rmSync(path);
  rmSync(half);
}

/** From a workbook to its review and its commit: new people, then 5 % of them changed, then all. */
async function importing(rows) {
  const stages = [["new people", 0], ["5 % changed", 5], ["all changed", 100]].map(([name, changed]) => ({ name, path: make(rows, "xlsx", changed) }));
  const gave = await inTurn(RUNS, {
    muster: () => {
      progress(`${count(rows)} rows imported by Muster`);
      return withMuster(async (person) => {
        const measured = [];
        for (const { path } of stages) {
          await person.toFiles();
          const review = await person.review(path);
          const longest = await person.longest();
          measured.push({ ...review, longest, commit: await person.commit(), longestAfter: await person.longest() });
        }
        return measured;
      });
    },
    django: () => {
      progress(`${count(rows)} rows imported by django-import-export`);
      const data = mkdtempSync(join(folder, "django-"));
      const run = [join(import.meta.dirname, "django/run.py"), data, ...stages.map(({ path }) => path)];
      const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };
      return execFileSync(python, run, { encoding: "utf8", env }).trim().split("\n").map((line) => JSON.parse(line));
    },
  });
  const lines = stages.flatMap(({ name }, stage) => {
    const ours = (what) => median(gave.muster.map((run) => run[stage][what]));
    const peer = (what) => median(gave.django.map((run) => run[stage][what])) * 1000;
    const html = `${(median(gave.django.map((run) => run[stage].bytes)) / 1e6).toFixed(1)} MB of HTML`;
    const late = ours("first") > 300;
    return [
      [`${name}: first rows`, `${late ? "**" : ""}${time(ours("first"))}${late ? "**" : ""}`, "", "", "", "≤ 300 ms", ""],
      [`${name}: from the drop to the difference`, time(ours("review")), time(ours("reviewWithPauses")), `${time(peer("preview"))} (${html})`, ratio(ours("review"), peer("preview"), 0.05), "≤ 0.05", tasks(ours("longest"))],
      [`${name}: commit, with history`, time(ours("commit")), "", time(peer("confirm")), ratio(ours("commit"), peer("confirm"), 0.2), "≤ 0.2", tasks(ours("longestAfter"))],
    ];
  });
  table([`XLSX, ${count(rows)} × 15`, "ours", "with the pauses of Playwright", "django-import-export", "ratio", "goal", "longest task of the page"], lines);
}

/** Writes a CSV file of so many rows, columns and bytes a cell. */
async function writeLarge(name, rows, columns, width) {
  const path = join(folder, name);
  const cells = (number) => Array.from({ length: columns - 1 }, (_, column) => String(number * columns + column).padStart(width, "x"));
  const names = Array.from({ length: columns - 1 }, (_, column) => `attribute ${column}`);
  function* pieces() {
    yield `${["username", ...names].join(",")}\n`;
    for (let first = 0; first < rows; first += 1_000) {
      let text = "";
      for (let number = first; number < Math.min(first + 1_000, rows); number += 1) text += `user${number},${cells(number).join(",")}\n`;
      yield text;
    }
  }
  await pipeline(pieces, createWriteStream(path));
  return path;
}

/** Files as large as a tab can bear, and larger: what the reader says, how the tab grows, and whether it survives. */
async function large(server) {
  const small = make(100, "csv");
  const lines = [];
  for (const [name, rows, columns, width] of [
    ["within every limit", 1_900_000, 10, 27],
    ["more than 20 million cells", 2_000_000, 15, 16],
    ["more than 2 million rows", 3_200_000, 5, 36],
    ["more than 512 MiB", 1_900_000, 10, 30],
  ]) {
    progress(`a large file, ${name}`);
    const path = await writeLarge("large.csv", rows, columns, width);
    const bytes = statSync(path).size;
    const read = await readInChromium(server, "muster", path, small);
    if (read.next !== 101) throw new Error(`the file after the large one has ${read.next} rows`);
    const said = read.said ? `“${read.said}”` : `${count(read.rows - 1)} rows`;
    const grown = `${mebibytes(read.memory)}, ${(read.memory / bytes).toFixed(1)} × the file`;
    lines.push([`${name}: ${count(rows)} × ${columns} (${Math.round(bytes / 1e6)} MB)`, said, time(read.milliseconds), grown, tasks(read.longest), "read"]);
    rmSync(path);
  }
  table(["CSV", "the reader says", "after", "growth of the tab's process", "longest task of the page", "the next file"], lines);
}

// One part alone, by its name, for whoever works on it.
const only = process.argv[2];
const server = await serve();
const parts = {
  csv: () => reading(server, 100_000, "csv", ["papaparse"]),
  ...(FULL && { "csv-large": () => reading(server, 1_000_000, "csv", ["papaparse"]) }),
  xlsx: () => reading(server, 100_000, "xlsx", ["sheetjs", "exceljs"]),
  importing: () => importing(10_000),
  large: () => large(server),
};
for (const [name, measure] of Object.entries(parts)) {
  if (only && only !== name) continue;
  try {
    await measure();
  } catch (error) {
    // What can be measured is: a peer that breaks ends no other measure.
    console.error(error);
    console.log(`\nNot measured (${name}): ${String(error.message).split("\n")[0]}`);
  }
}
server.close();
rmSync(folder, { recursive: true, force: true });
