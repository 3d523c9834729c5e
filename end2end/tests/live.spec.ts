// News reach every tab of a browser, however many there are, and rows that change do so where they are.
import { type Page } from "@playwright/test";
import { expect, open, test } from "../support/muster";
import { addDirectory, review, search } from "../support/directory";
import { row } from "../support/keyboard";

test.describe.configure({ mode: "serial", timeout: 120_000 });

// A browser holds six connections to a server that speaks HTTP/1.1.
const TABS = 8;

async function commit(page: Page) {
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page).toHaveURL(/\/jobs\/\d+/, { timeout: 60_000 });
}

async function finished(page: Page, rows: string) {
  await expect(page.getByText(new RegExp(`${rows} rows were applied`))).toBeVisible({ timeout: 60_000 });
}

test("eight tabs answer and are told, also when the one with the stream is closed", async ({ signedIn: first, context }) => {
  await addDirectory(first);
  const tabs: Page[] = [];
  while (tabs.length < TABS) {
    const tab = await context.newPage();
    await open(tab, "/jobs");
    tabs.push(tab);
  }
  await first.close();
  const [acting, ...watching] = tabs;
  await search(acting, "user000001");
  await review(acting);
  await commit(acting);
  await finished(acting, "All 10");
  for (const tab of watching) await expect(tab.getByRole("grid").getByText("Finished")).toHaveCount(1, { timeout: 30_000 });
  for (const tab of tabs) await tab.close();
});

test("the report fills without losing the place", async ({ signedIn: page, muster }) => {
  await search(page, "*");
  await review(page);
  const fullSpeed = muster.slowDown();
  try {
    await commit(page);
    const grid = page.getByRole("grid", { name: "Rows of the job" });
    await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(row(page, 4990)).toContainText(/user000/);
    const place = await grid.evaluate((element) => element.scrollTop);
    expect(place).toBeGreaterThan(0);
    fullSpeed();
    await finished(page, "All 4,?990");
    await expect(row(page, 4990)).toContainText("Applied");
    expect(await grid.evaluate((element) => element.scrollTop)).toBe(place);
  } finally {
    fullSpeed();
  }
});
