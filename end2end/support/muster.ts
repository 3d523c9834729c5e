// A muster of its own for every spec file, on SQLite unless it asks for PostgreSQL, and what every spec checks.
import { test as base, expect, type Page } from "@playwright/test";
import AxeBuilder from "@axe-core/playwright";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binary } from "./binary";

export const PASSWORD = "correct horse battery staple";

export type Muster = {
  url: string;
  /** Ends it at once, as a power cut does. */
  kill(): Promise<void>;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  /** Lets it work a fifth of the time, so that a page can act in the middle of what takes a second; the answer ends that. */
  slowDown(): () => void;
  /** Everything it printed. */
  output(): string;
};

type Options = { command: string; settings: Record<string, string> };

/** A free port, below those that the system gives to outgoing connections: none takes it while muster is down. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer().once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}

async function launch({ command, settings }: Options): Promise<Muster & { remove(): void }> {
  const data = mkdtempSync(join(tmpdir(), "muster-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("MUSTER_"));
  const env = {
    ...Object.fromEntries(inherited),
    MUSTER_DATA_DIR: data,
    MUSTER_LISTEN: `127.0.0.1:${port}`,
    MUSTER_ADMIN_PASSWORD: PASSWORD,
    // The site that `make site` left, whatever was there when this debug binary was built.
    ...(process.env.MUSTER_SITE_DIR ? { MUSTER_ASSETS_DIR: process.env.MUSTER_SITE_DIR } : {}),
    ...settings,
  };
  let child: ChildProcess | undefined;
  let output = "";

  async function start() {
    const started = spawn(binary("muster"), [command], { env, stdio: ["ignore", "pipe", "pipe"] });
    child = started;
    started.stdout.on("data", (text) => (output += text));
    started.stderr.on("data", (text) => (output += text));
    const deadline = Date.now() + 30_000;
    for (;;) {
      const ready = await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false);
      if (ready) return;
      if (started.exitCode !== null || Date.now() > deadline) throw new Error(`muster did not start:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function end(signal: NodeJS.Signals) {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill(signal);
    await ended;
  }

  function slowDown(): () => void {
    const slowed = child;
    let next: NodeJS.Timeout;
    const rest = () => {
      slowed?.kill("SIGSTOP");
      next = setTimeout(work, 60);
    };
    const work = () => {
      slowed?.kill("SIGCONT");
      next = setTimeout(rest, 15);
    };
    rest();
    return () => {
      clearTimeout(next);
      slowed?.kill("SIGCONT");
    };
  }

  await start();
  return {
    url,
    start,
    slowDown,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    output: () => output,
    remove: () => rmSync(data, { recursive: true, force: true }),
  };
}

type Running = Muster & { file: string; remove(): void };

export const test = base.extend<
  { musterOptions: Options; muster: Muster; signedIn: Page },
  { running: { current?: Running } }
>({
  musterOptions: [{ command: "serve", settings: {} }, { option: true }],
  running: [
    async ({}, use) => {
      const running: { current?: Running } = {};
      await use(running);
      await running.current?.kill();
      running.current?.remove();
    },
    { scope: "worker" },
  ],
  // The tests of a file share one, in their order; the next file gets another.
  muster: async ({ running, musterOptions }, use, { file }) => {
    if (running.current?.file !== file) {
      await running.current?.kill();
      running.current?.remove();
      running.current = { ...(await launch(musterOptions)), file };
    }
    await use(running.current);
  },
  baseURL: async ({ muster }, use) => use(muster.url),
  // Nothing on any page may break the content security policy or fail silently.
  page: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
    });
    await use(page);
    expect(complaints, "the browser's console").toEqual([]);
  },
  signedIn: async ({ page }, use) => {
    await signIn(page, "admin", PASSWORD);
    await use(page);
  },
});

export { expect };

/** Waits until the wasm has taken over the page. */
export async function hydrated(page: Page) {
  await expect(page.locator("html")).toHaveAttribute("data-awake", "");
}

export async function open(page: Page, path: string) {
  await page.goto(path);
  await hydrated(page);
}

export async function signIn(page: Page, username: string, password: string) {
  await open(page, "/sign-in");
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation").first()).toBeVisible();
  // The page after it is another document: until it is awake, its links load whole pages.
  await hydrated(page);
}

const WIDTHS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

/** Looks at the page at both widths and in both themes: axe finds nothing, nothing overflows, and a picture is kept. */
export async function looksRight(page: Page, name: string) {
  const before = page.viewportSize();
  for (const size of WIDTHS) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      // Not before it is drawn so.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      const axe = await new AxeBuilder({ page }).analyze();
      const found = axe.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(" ")}`);
      expect(found, `axe at ${size.width} px, ${colorScheme}`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `the page is wider than ${size.width} px`).toBeLessThanOrEqual(0);
      await page.screenshot({ path: `test-results/screens/${name}-${size.width}-${colorScheme}.png`, fullPage: false });
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before) await page.setViewportSize(before);
}
