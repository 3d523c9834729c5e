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
    // Rows are measured once they are drawn, and then are higher than was guessed.
    await expect.poll(() => grid.evaluate((element) => element.scrollHeight)).toBeGreaterThan(4990 * 60);
    // Not to the very end: when less is told above the grid it becomes higher, and its end is elsewhere.
    const place = await grid.evaluate((element) => {
      element.scrollTo(0, element.scrollHeight / 2);
      return element.scrollTop;
    });
    const middle = grid.locator(`[aria-rowindex="${Math.round(4990 / 2) + 2}"]`);
    await expect(middle).toContainText(/user00/);
    // That a job is over is heard before what became of its last rows.
    const premature = await page.evaluateHandle(() => {
      const seen = { words: false };
      const look = () => (seen.words ||= /Not done|ended before it came/.test(document.body.innerText));
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
      return seen;
    });
    fullSpeed();
    await finished(page, "All 4,?990");
    await expect(middle).toContainText("Applied");
    expect(await grid.evaluate((element) => element.scrollTop)).toBe(place);
    expect(await premature.evaluate(({ words }) => words), "rows are called undone that were done").toBe(false);
  } finally {
    fullSpeed();
  }
});
