// Large files: the page goes on answering, a cancel ends the read, and so does another file.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, open, test } from "../support/muster";
import { csv } from "../support/files";

const PEOPLE = 1_000_000;
const head = "username,first_name,last_name,department";
// On the disk: what a test hands over in memory goes through the page.
const folder = mkdtempSync(join(tmpdir(), "muster-files-"));
const large = join(folder, "million.csv");
const small = csv("small.csv", ["username,email", "ada,ada@example.org", "bob,bob@example.org"]);

test.beforeAll(() => writeFileSync(large, [head, ...Array.from({ length: PEOPLE }, (_, n) => `user${n},First${n},Last${n},Sales`)].join("\n")));
test.afterAll(() => rmSync(folder, { recursive: true }));

test("a million rows are read while the page goes on answering", async ({ signedIn: page }) => {
  test.setTimeout(180_000);
  await open(page, "/import/file");
  await page.evaluate(() => {
    const frames = { longest: 0, last: performance.now() };
    Object.assign(window, { frames });
    const next = () => {
      const now = performance.now();
      frames.longest = Math.max(frames.longest, now - frames.last);
      frames.last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    // When the first rows are shown: whether the rest is still being read.
    new MutationObserver(() => {
      if (document.querySelector(".first-rows td")) Object.assign(window, { early: (window as { early?: boolean }).early ?? !!document.querySelector(".file-busy") });
    }).observe(document.body, { childList: true, subtree: true });
  });
  await page.locator("#file").setInputFiles(large);
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expect(page.getByText(/^Reading, \d+ %$/)).toBeVisible();
  await expect(page.getByText("1,000,000 rows")).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole("region", { name: "The first rows" })).toContainText("user19");
  expect(await page.evaluate(() => (window as { early?: boolean }).early), "the first rows are shown at once").toBe(true);
  const longest = await page.evaluate(() => (window as unknown as { frames: { longest: number } }).frames.longest);
  // Reading here, and not in a worker, would stop it for as long as it takes.
  expect(longest, "the page stood still").toBeLessThan(1_000);
});

test("a cancel ends the read, and the next file is read", async ({ signedIn: page }) => {
  await open(page, "/import/file");
  await page.locator("#file").setInputFiles(large);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Cancel" })).toBeHidden();
  await expect.poll(() => page.workers().length, "the worker ended").toBe(0);
  await expect(page.getByRole("region", { name: "The first rows" })).toBeHidden();
  await page.locator("#file").setInputFiles(small);
  await expect(page.getByText("2 rows", { exact: true })).toBeVisible();
});

test("another file ends the read of the first", async ({ signedIn: page }) => {
  // The page begins it before a file is chosen.
  const ended: string[] = [];
  page.on("worker", (worker) => worker.on("close", () => ended.push(worker.url())));
  await open(page, "/import/file");
  await expect.poll(() => page.workers().length, "one is ready").toBe(1);
  await page.locator("#file").setInputFiles(large);
  await expect(page.getByRole("button", { name: "Cancel" })).toBeVisible();
  await page.locator("#file").setInputFiles(small);
  await expect(page.getByText("2 rows", { exact: true })).toBeVisible();
  // The test hears of it a little later.
  await expect.poll(() => ended.length, "the first worker ended").toBe(1);
  await expect.poll(() => page.workers().length).toBe(1);
  await expect(page.getByText("small.csv")).toBeVisible();
  await expect(page.getByText("million.csv")).toBeHidden();
});
