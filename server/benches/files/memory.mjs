// The process that shows a page: its memory and how long processors worked for it. Its workers live in it.
import { readFileSync, writeFileSync } from "node:fs";

function status(pid, name) {
  const line = readFileSync(`/proc/${pid}/status`, "utf8").match(new RegExp(`^${name}:\\s+(\\d+) kB`, "m"));
  return Number(line[1]) * 1024;
}

/** Milliseconds that processors worked for a process. */
function processor(pid) {
  // The name of the program, in brackets, may hold anything. A tick is a hundredth of a second on every Linux.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Begins to watch; what it returns answers by how many bytes the process grew at most since then, and its milliseconds. */
export async function watch(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  const before = renderers.map((pid) => {
    // Forgets the largest size up to now.
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
    return { memory: status(pid, "VmRSS"), processor: processor(pid) };
  });
  return () => ({
    memory: Math.max(...renderers.map((pid, place) => status(pid, "VmHWM") - before[place].memory)),
    processor: Math.max(...renderers.map((pid, place) => processor(pid) - before[place].processor)),
  });
}
