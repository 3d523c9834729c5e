// A hundred thousand people: from a file to the list, of which only what is seen is drawn.
import { type Page } from "@playwright/test";
import { expect, looksRight, open, test } from "../support/muster";
import { choose, csv, reviewFile } from "../support/files";

test.describe.configure({ mode: "serial", timeout: 300_000 });

const PEOPLE = 100_000;
const DEPARTMENTS = ["Sales", "Legal", "Research", "Support"];
const line = (n: number) => `u${String(n).padStart(6, "0")},First${n},Last${n},u${n}@example.org,${DEPARTMENTS[n % 4]}`;

async function drawnRows(page: Page) {
  return page.getByRole("grid").getByRole("row").count();
}

test("a hundred thousand rows are reviewed, committed and applied", async ({ signedIn: page }) => {
  const lines = Array.from({ length: PEOPLE }, (_, n) => line(n));
  await choose(page, csv("all.csv", ["username,first_name,last_name,email,department", ...lines]));
  await reviewFile(page);
  const grid = page.getByRole("grid");
  await expect(grid).toHaveAttribute("aria-rowcount", /^10000[01]$/);
  expect(await drawnRows(page)).toBeLessThan(100);
  await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(page.getByText("u099999", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page).toHaveURL(/\/jobs\/\d+/, { timeout: 120_000 });
  await expect(page.getByText("All 100,000 rows were applied.")).toBeVisible({ timeout: 180_000 });
});

test("the list answers everywhere in them", async ({ signedIn: page }) => {
  await open(page, "/users?sort=username");
  await expect(page.getByText("100,001 users", { exact: true })).toBeVisible();
  const grid = page.getByRole("grid");
  for (const part of [0.5, 0.9, 1, 0.1]) {
    await grid.evaluate((element, part) => element.scrollTo(0, element.scrollHeight * part), part);
    await expect(grid.locator("[aria-busy=true]")).toHaveCount(0);
    // The row in the middle of what is seen is the one that belongs there, and it is filled.
    const index = await grid.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const seen = document.elementFromPoint(left + width / 3, top + height / 2)?.closest("[aria-rowindex]");
      return Number(seen?.getAttribute("aria-rowindex"));
    });
    expect(Math.abs(index - PEOPLE * part)).toBeLessThan(100);
    await expect(grid.locator(`[aria-rowindex="${index}"]`)).toContainText(/u\d{6}/);
    expect(await drawnRows(page)).toBeLessThan(150);
  }
  await looksRight(page, "users-100000");
  await page.getByRole("searchbox").fill("u054321");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("grid").getByRole("link", { name: "u054321" })).toBeVisible();
});
