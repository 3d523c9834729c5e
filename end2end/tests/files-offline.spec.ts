// A file while the server is away: nothing is lost, and nothing is committed that nobody reviewed.
import { type Page } from "@playwright/test";
import { expect, hydrated, open, test } from "../support/muster";
import { commit, tile } from "../support/directory";
import { choose, csv, reviewFile } from "../support/files";
import { changeDepartment } from "../support/people";

test.describe.configure({ mode: "serial" });

test("a correction that the server cannot answer changes nothing, and works once it is back", async ({ signedIn: page, muster }) => {
  await choose(page, csv("away.csv", ["username,email", "ann,ann@example.org", ",bob@example.org"]));
  await reviewFile(page);
  await tile(page, "Blocked", 1).click();
  await page.getByRole("grid").getByRole("row").nth(1).getByRole("button", { name: /Details|changes/ }).click();
  const cell = page.getByRole("complementary", { name: "Details" }).getByLabel("username", { exact: true });
  await muster.stop();
  await cell.fill("bob");
  await cell.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "The server was not reached" })).toBeVisible({ timeout: 30_000 });
  await expect(tile(page, "Blocked", 1)).toBeVisible();
  await expect(page.getByText(/cells? corrected/)).toBeHidden();
  await muster.start();
  await cell.fill("bob");
  await cell.press("Enter");
  await expect(tile(page, "Blocked", 0)).toBeVisible();
  await expect(page.getByText("1 cell corrected")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "The server was not reached" })).toBeHidden();
});

test("a commit waits for a server that is away, and goes on", async ({ signedIn: page, muster }) => {
  const people = [...Array(60).keys()].map((n) => `away${n},away${n}@example.org`);
  await choose(page, csv("waits.csv", ["username,email", ...people]));
  await reviewFile(page);
  await expect(tile(page, "Create", 60)).toBeVisible();
  await muster.stop();
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page.getByText("The server is not reached. Muster tries again by itself.")).toBeVisible();
  await muster.start();
  await expect(page).toHaveURL(/\/jobs\/\d+/, { timeout: 30_000 });
  await expect(page.getByText("60 rows were applied")).toBeVisible({ timeout: 30_000 });
});

test("a commit that broke off goes on where it stopped", async ({ signedIn: page }) => {
  // Enough for two chunks.
  const people = [...Array(12_000).keys()].map((n) => `later${n},later${n}@example.org,First${n},Last${n},Department of ${n},Title of ${n}`);
  await choose(page, csv("later.csv", ["username,email,first_name,last_name,department,job_title", ...people]));
  await reviewFile(page);
  await expect(tile(page, "Create", 12_000)).toBeVisible({ timeout: 60_000 });
  const asked: string[] = [];
  await page.context().route(/\/(begin_upload|upload_chunk)\d*$/, async (route) => {
    const { chunk } = route.request().postDataJSON() as { chunk?: number };
    const isTried = asked.includes("1");
    asked.push(chunk === undefined ? "begin" : String(chunk));
    // The server's disk is full, for once.
    if (chunk === 1 && !isTried) await route.fulfill({ status: 507, json: { error: "disk_full" } });
    else await route.continue();
  });
  const button = page.getByRole("button", { name: "Commit", exact: true });
  await button.click();
  await expect(page.getByRole("alert").filter({ hasText: "disk" })).toBeVisible({ timeout: 30_000 });
  await button.click();
  await expect(page).toHaveURL(/\/jobs\/\d+/, { timeout: 60_000 });
  expect(asked.join(" "), "the first chunk is not sent again").toMatch(/^begin 0 1 1( 2)?$/);
  await expect(page.getByText("All 12,000 rows were applied")).toBeVisible({ timeout: 60_000 });
});

test("what changed since the file was planned is reviewed before it is written", async ({ signedIn: page }) => {
  await choose(page, csv("changed.csv", ["username,department", "away1,Sales", "away2,Sales"]));
  await reviewFile(page);
  await expect(tile(page, "Update", 2)).toBeVisible();
  // Somebody else gives the first one the same department meanwhile.
  await changeDepartment(page, "away1", "Sales");
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page).toHaveURL(/\/plans\/\d+\?again=file/, { timeout: 30_000 });
  await expect(page.getByText("Users changed since the file was planned")).toBeVisible();
  await expect(tile(page, "Update", 1)).toBeVisible();
  await commit(page);
  await expect(page.getByText("The row was applied")).toBeVisible();
  await isClosed(page);
});

test("what changes while a guard asks for a number is reviewed too", async ({ signedIn: page }) => {
  await choose(page, csv("guarded.csv", ["username,department,roles", "away3,Sales,ROLE_ADMINISTRATOR", "away4,Sales,"]));
  await reviewFile(page);
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  const guard = page.getByRole("dialog", { name: "Please confirm" });
  await guard.getByRole("textbox").fill("1", { timeout: 30_000 });
  await changeDepartment(page, "away4", "Marketing");
  await guard.getByRole("button", { name: "Commit it" }).click();
  await expect(page).toHaveURL(/\/plans\/\d+\?again=file&show=stale/, { timeout: 30_000 });
  await expect(page.getByRole("alert").filter({ hasText: "changed since" })).toBeVisible();
  await expect(page.getByRole("grid")).toContainText("away4");
  await page.getByRole("button", { name: "Plan again" }).click();
  await expect(page).toHaveURL(/\?again=changed/, { timeout: 30_000 });
  await hydrated(page);
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await guard.getByRole("textbox").fill("1");
  await guard.getByRole("button", { name: "Commit it" }).click();
  await expect(page).toHaveURL(/\/jobs\/\d+/, { timeout: 30_000 });
  await expect(page.getByText("2 rows were applied")).toBeVisible({ timeout: 30_000 });
  await isClosed(page);
});

/** The file was committed: a later visit does not open it again. */
async function isClosed(page: Page) {
  await open(page, "/import/file");
  await expect(page.getByText("Drop a CSV or Excel file anywhere on the page")).toBeVisible();
  await expect(page.getByText(/What you decided about/)).toBeHidden();
  await expect(page.getByRole("region", { name: "The first rows" })).toBeHidden();
}
