// A running Muster, and a person in Chromium who imports a file: what the page shows, and when.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, muster } from "./places.mjs";

const PASSWORD = "correct horse battery staple";
/** For what a loaded machine does with large files. */
const PATIENCE = 300_000;

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts an installation without anybody but its administrator. */
async function start() {
  const folder = mkdtempSync(join(tmpdir(), "muster-bench-"));
  const url = `http://127.0.0.1:${await freePort()}`;
  const settings = { MUSTER_DATA_DIR: folder, MUSTER_LISTEN: new URL(url).host, MUSTER_ADMIN_PASSWORD: PASSWORD, MUSTER_LOG: "error" };
  const server = spawn(muster, ["serve"], { env: { ...process.env, ...settings }, stdio: ["ignore", "ignore", "inherit"] });
  const stop = async () => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    if (server.exitCode === null && server.kill()) await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; ; tries += 1) {
    if (await fetch(`${url}/readyz`).then(({ ok }) => ok, () => false)) return { url, stop };
    if (tries > 600 || server.exitCode !== null) throw new Error("muster did not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Runs in the page before anything else. Keeps by the page's clock when a file was chosen, when something was pressed, and
 * when what is waited for was drawn, which is after the frame in which it was there first; and the longest task.
 */
function watch() {
  const seen = (window.seen = { longest: 0, pressed: [] });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
  }).observe({ type: "longtask" });
  addEventListener("change", ({ target, timeStamp }) => target.id === "file" && (seen.chosen = timeStamp), true);
  addEventListener("click", ({ timeStamp }) => seen.pressed.push(timeStamp), true);
  const wanted = {
    first: ".first-rows td",
    read: ".actions a[href='/import/file/columns']",
    columns: ".columns-table tbody tr",
    difference: ".review-rows .grid-window [role=row] > :not(.grid-waiting)",
    applied: ".job-says [role=status]",
  };
  const is = { applied: (says) => /rows were applied/.test(says.textContent) };
  const drawn = (name) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (seen[name] = performance.now());
      port2.postMessage(null);
    });
  new MutationObserver(() => {
    for (const [name, selector] of Object.entries(wanted)) {
      const found = document.querySelector(selector);
      if (!found || is[name]?.(found) === false) continue;
      delete wanted[name];
      drawn(name);
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

/** Runs `work` with a page on which the administrator is signed in, and ends everything after it. */
export async function withMuster(work) {
  const installation = await start();
  const browser = await launch();
  try {
    const page = await browser.newPage({ baseURL: installation.url });
    page.setDefaultTimeout(PATIENCE);
    await page.addInitScript(watch);
    await page.goto("/sign-in");
    await page.locator("html[data-awake]").waitFor();
    await page.getByLabel("Username").fill("admin");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("navigation").first().waitFor();
    return await work(new Person(page));
  } finally {
    await browser.close();
    await installation.stop();
  }
}

class Person {
  constructor(page) {
    this.page = page;
  }

  /** The longest task on the page's thread since the last time this was asked, of those over 50 ms. */
  async longest() {
    await this.page.waitForTimeout(200);
    return this.page.evaluate(() => {
      const { longest } = window.seen;
      window.seen.longest = 0;
      return longest;
    });
  }

  /** What the page saw, once it saw this. */
  async seen(name) {
    await this.page.waitForFunction((name) => window.seen[name], name);
    return this.page.evaluate(() => window.seen);
  }

  /** Goes to the page for files. */
  async toFiles() {
    await this.page.goto("/import/file");
    await this.page.locator("html[data-awake]").waitFor();
    await this.longest();
  }

  /**
   * Chooses a file and goes on to the review with what the page suggests. Milliseconds until the first rows are drawn; and
   * until the difference is, without the pauses between what a step drew and the press that leads on; and with them.
   */
  async review(path) {
    await this.page.locator("#file").setInputFiles(path);
    await this.page.getByRole("link", { name: "On to the columns" }).click();
    await this.page.getByRole("button", { name: "See what will change" }).click();
    const { chosen, first, read, pressed, columns, difference } = await this.seen("difference");
    const [toColumns, toReview] = pressed.slice(-2);
    const review = read - chosen + (columns - toColumns) + (difference - toReview);
    return { first: first - chosen, review, reviewWithPauses: difference - chosen };
  }

  /** Commits everything that is picked: milliseconds until the page says that all of it was applied. */
  async commit() {
    await this.page.getByRole("button", { name: "Commit", exact: true }).click();
    const { pressed, applied } = await this.seen("applied");
    return applied - pressed.at(-1);
  }
}
