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

/** Runs in the page before anything else: when a file is chosen, when its rows are shown, and which tasks were long. */
function watch() {
  window.seen = { longest: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.seen.longest = Math.max(window.seen.longest, duration);
  }).observe({ type: "longtask" });
  const chosen = ({ target }) => target.id === "file" && Object.assign(window.seen, { chosen: performance.now(), shown: undefined });
  addEventListener("change", chosen, true);
  const shown = () => document.querySelector(".first-rows td") && (window.seen.shown ??= performance.now());
  new MutationObserver(() => window.seen.chosen && shown()).observe(document, { childList: true, subtree: true });
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

/** Milliseconds that something takes. */
async function timed(work) {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
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

  /** Goes to the page for files. */
  async toFiles() {
    await this.page.goto("/import/file");
    await this.page.locator("html[data-awake]").waitFor();
    await this.longest();
  }

  /** Chooses a file: milliseconds until its first rows are shown. */
  async choose(path) {
    await this.page.locator("#file").setInputFiles(path);
    await this.page.waitForFunction(() => window.seen.shown);
    return this.page.evaluate(() => window.seen.shown - window.seen.chosen);
  }

  /** Goes on to the review with what the page suggests: milliseconds until the difference is shown. */
  review() {
    return timed(async () => {
      await this.page.getByRole("link", { name: "On to the columns" }).click();
      await this.page.getByRole("button", { name: "See what will change" }).click();
      await this.page.getByRole("grid").getByRole("row").nth(1).waitFor();
    });
  }

  /** Commits everything that is picked: milliseconds until the page says that all of it was applied. */
  commit() {
    return timed(async () => {
      await this.page.getByRole("button", { name: "Commit", exact: true }).click();
      await this.page.getByText(/rows were applied/).waitFor();
    });
  }
}
