// Texts of a file that are programs elsewhere, in every place that shows them and in the exports: nothing runs.
import { readFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { expect, looksRight, open, test } from "../support/muster";
import { commit, tile } from "../support/directory";
import { choose, csv, reviewFile } from "../support/files";

test.describe.configure({ mode: "serial" });

const IMAGE = "<img src=x onerror=window.ran=1>";
const SCRIPT = "</script><script>window.ran=1</script>";
const HANDLER = "\"'><svg onload=window.ran=1>";
const FORMULA = '=HYPERLINK("javascript:window.ran=1")';

const quoted = (...cells: string[]) => cells.map((cell) => `"${cell.replace(/"/g, '""')}"`).join(";");

const HEAD = quoted("username", "first_name", "last_name", "display_name", "department", `custom:${IMAGE}`, "custom:__proto__", "custom:constructor", SCRIPT);
const FILE = csv(`${IMAGE}.csv`, [
  HEAD,
  quoted(IMAGE, IMAGE, SCRIPT, HANDLER, FORMULA, SCRIPT, "polluted", IMAGE, IMAGE),
  quoted("__proto__", "constructor", "toString", "hasOwnProperty", "__proto__", "{{7*7}}", "${window.ran=1}", "__proto__", "x"),
  quoted("constructor", "javascript:window.ran=1", "%3Cscript%3E", "&lt;b&gt;", "../../etc/passwd", "'; drop table users; --", "a", "b", "c"),
  quoted(`${HANDLER}\nx`, "a line break in the name", "x", "x", "x", "x", "x", "x", "x"),
]);

/** Nothing ran, and no object of the page got a property that it should not have. */
async function isUnharmed(page: Page, where: string) {
  await page.waitForTimeout(50);
  const harm = await page.evaluate(() => ({
    ran: "ran" in window,
    polluted: "polluted" in {} || Object.keys(Object.prototype).length > 0,
    made: document.querySelectorAll('img[src="x"], svg[onload], script:not([src]):not([nonce]):not([type])').length,
  }));
  expect(harm, where).toEqual({ ran: false, polluted: false, made: 0 });
}

test("a file full of scripts is shown, planned and applied as texts", async ({ signedIn: page }) => {
  test.setTimeout(120_000);
  page.on("dialog", (dialog) => void dialog.dismiss().then(() => Promise.reject(new Error(dialog.message()))));
  await choose(page, FILE);
  await expect(page.getByText(`${IMAGE}.csv`)).toBeVisible();
  await isUnharmed(page, "the first rows");
  await looksRight(page, "file-scripts");
  await page.getByRole("link", { name: "On to the columns" }).click();
  await page.getByLabel(`What ${SCRIPT} becomes`).selectOption(`custom:${SCRIPT}`);
  await expect(page.locator(".examples")).toContainText(HANDLER);
  await isUnharmed(page, "the columns");
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(tile(page, "Create", 3)).toBeVisible({ timeout: 30_000 });
  await expect(tile(page, "Blocked", 1)).toBeVisible();
  for (const number of [1, 2, 3, 4]) {
    await page.getByRole("grid").getByRole("row").nth(number).getByRole("button", { name: /Details|changes/ }).click();
    await expect(page.getByRole("complementary", { name: "Details" })).toBeVisible();
    await isUnharmed(page, `row ${number} of the review`);
  }
  await looksRight(page, "file-scripts-review");
  await commit(page);
  await expect(page.getByText("3 rows were applied")).toBeVisible();
  await isUnharmed(page, "the report");
});

test("what was stored is shown as texts everywhere", async ({ signedIn: page }) => {
  for (const path of ["/users", `/users?q=${encodeURIComponent("<img")}`, "/jobs", "/", "/groups", "/roles"]) {
    await open(page, path);
    await isUnharmed(page, path);
  }
  for (const name of [IMAGE, "__proto__", "constructor"]) {
    await open(page, `/users?q=${encodeURIComponent(name)}`);
    await page.getByRole("grid").getByRole("link", { name }).first().click();
    await expect(page).toHaveURL(/\/users\/\d+/);
    await expect(page.getByRole("main")).toContainText("__proto__");
    await isUnharmed(page, `the user ${name}`);
    const address = page.url();
    await open(page, new URL(address).pathname);
    await isUnharmed(page, `the user ${name}, from the server`);
  }
});

test("an export holds them as texts that no program runs, and comes back as nothing to do", async ({ signedIn: page }) => {
  for (const format of ["csv", "xlsx"]) {
    const answer = await page.request.get(`/export/users?format=${format}`);
    expect(answer.headers()["content-disposition"]).toMatch(/^attachment/);
    expect(answer.headers()["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers()["content-type"]).not.toContain("html");
  }
  await open(page, "/users");
  await page.getByRole("button", { name: "Export" }).click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("link", { name: "Download" }).click();
  const bytes = readFileSync(await (await waiting).path());
  const guarded = `"'${FORMULA.replace(/"/g, '""')}"`;
  expect(bytes.toString("utf8")).toContain(guarded);
  await isUnharmed(page, "the page after the export");
  await choose(page, { name: "back.csv", mimeType: "text/csv", buffer: bytes });
  await isUnharmed(page, "the export, chosen again");
  await reviewFile(page);
  await expect(page.getByText("There is nothing to do")).toBeVisible();
  await expect(tile(page, "Unchanged", 4)).toBeVisible();
  await isUnharmed(page, "the review of the export");
});
