// Medians, and how figures are written.

export function median(runs) {
  return [...runs].sort((one, other) => one - other)[Math.floor(runs.length / 2)];
}

/** Runs each of these once, and again, in turn: `{ name: run }` gives `{ name: [what each run gave] }`. */
export async function inTurn(runs, all) {
  const gave = Object.fromEntries(Object.keys(all).map((name) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const [name, measured] of Object.entries(all)) gave[name].push(await measured());
  }
  return gave;
}

export function time(milliseconds) {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(2)} s`;
}

export const mebibytes = (bytes) => `${Math.round(bytes / (1 << 20))} MiB`;

/** A ratio, bold where it is beyond its goal. */
export function ratio(ours, peer, goal = Infinity) {
  const value = ours / peer;
  const text = value < 0.01 ? value.toFixed(4) : value.toFixed(2);
  return value > goal ? `**${text}**` : text;
}

/** Prints a table. */
export function table(head, rows) {
  console.log(`\n| ${head.join(" | ")} |\n|${" --- |".repeat(head.length)}`);
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
}
