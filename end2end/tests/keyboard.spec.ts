// Searching and reviewing without a mouse, and reviewing with a thumb.
import { expect, open, test } from "../support/muster";
import { addDirectory, plan, search, tickAll, tile } from "../support/directory";
import { row, showsFocus, tabTo } from "../support/keyboard";

test.describe.configure({ mode: "serial" });

test("people are searched, ticked, reviewed and imported by keyboard alone", async ({ signedIn: page }) => {
  await addDirectory(page);
  await open(page, "/import");
  await page.keyboard.press("Tab");
  await showsFocus(page.getByRole("link", { name: "Skip to content" }));
  const searchField = page.getByLabel(/Name, part of a name/);
  await tabTo(page, searchField);
  await showsFocus(searchField);
  await page.keyboard.type("(uid=user000001*)");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/10 found, and that is everyone who matches/)).toBeVisible();

  // The grid is one stop for Tab; the arrows go on from there.
  await tabTo(page, row(page, 1));
  await showsFocus(row(page, 1));
  await page.keyboard.press("ArrowDown");
  await showsFocus(row(page, 2));
  await page.keyboard.press("Space");
  await expect(row(page, 2)).toHaveAttribute("aria-selected", "true");
  await expect(page.getByText("1 person ticked")).toBeVisible();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("ArrowDown");
  await expect(row(page, 5)).toBeFocused();
  await page.keyboard.press("Shift+Space");
  await expect(page.getByText("4 people ticked")).toBeVisible();
  await page.keyboard.press("End");
  await expect(row(page, 10)).toBeFocused();
  await page.keyboard.press("Home");
  await expect(row(page, 1)).toBeFocused();

  // Into the row, to its box, and back.
  await page.keyboard.press("ArrowRight");
  await showsFocus(row(page, 1).getByRole("checkbox"));
  await page.keyboard.press("Space");
  await expect(page.getByText("5 people ticked")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(row(page, 1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByText("entryUUID")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(row(page, 1)).toBeFocused();
  await tabTo(page, page.getByRole("button", { name: "Review changes" }));
  await page.keyboard.press("Enter");

  // A step begins with its heading.
  await expect(page).toHaveURL(/\/plans\/\d+/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.keyboard.press("1");
  await expect(page).toHaveURL(/show=create/);
  await expect(tile(page, "Create", 5)).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("5");
  await expect(page).toHaveURL(/show=unchanged/);
  await expect(page.getByText("No row matches.")).toBeVisible();
  await page.keyboard.press("0");
  await expect(page).not.toHaveURL(/show=/);

  // Where text is written, digits are text.
  await tabTo(page, page.getByLabel("Find in this plan"));
  await page.keyboard.type("user0000099");
  await expect(page).toHaveURL(/q=user0000099$/);
  await expect(page.getByText("No row matches.")).toBeVisible();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "6");

  await tabTo(page, row(page, 1));
  await showsFocus(row(page, 1));
  await page.keyboard.press("Space");
  await expect(row(page, 1)).toHaveAttribute("aria-selected", "false");
  await expect(page.getByText("Create 4 users", { exact: false })).toBeVisible();
  for (let press = 0; press < 2; press += 1) await page.keyboard.press("ArrowDown");
  await expect(row(page, 3)).toBeFocused();
  await page.keyboard.press("Shift+Space");
  await expect(page.getByText("Create 2 users", { exact: false })).toBeVisible();
  await page.keyboard.press("Shift+Space");
  await expect(page.getByText("Create 5 users", { exact: false })).toBeVisible();
  await page.keyboard.press("Enter");
  const details = page.getByRole("complementary", { name: "Details" });
  await expect(details.getByRole("heading", { level: 2 })).toBeFocused();
  await expect(details.getByText("Why is this row here?")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(details).toBeHidden();

  const commit = page.getByRole("button", { name: "Commit", exact: true });
  await tabTo(page, commit);
  await showsFocus(commit);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/jobs\/\d+/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByText("All 5 rows were applied.")).toBeVisible({ timeout: 30_000 });
});

test.describe("by touch, 390 px wide", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("people are reviewed and imported", async ({ signedIn: page }) => {
    await search(page, "(uid=user000002*)");
    await tickAll(page);
    await plan(page);
    await tile(page, "Create", 10).tap();
    await expect(page).toHaveURL(/show=create/);
    const box = row(page, 1).getByRole("checkbox", { name: /^Pick (?!.* of )/ });
    await box.tap();
    await expect(box).not.toBeChecked();
    await expect(page.getByText("Create 9 users", { exact: false })).toBeVisible();
    await row(page, 2).getByRole("button", { name: /^(All \d+ changes|Details)/ }).tap();
    const details = page.getByRole("complementary", { name: "Details" });
    await details.getByRole("checkbox", { name: /^Pick E-mail of/ }).tap();
    await expect(details.getByRole("checkbox", { name: /^Pick E-mail of/ })).not.toBeChecked();
    await details.getByRole("button", { name: "Close" }).tap();
    await expect(details).toBeHidden();
    await page.getByRole("button", { name: "Commit", exact: true }).tap();
    await expect(page.getByText("All 9 rows were applied.")).toBeVisible({ timeout: 30_000 });
  });
});

test("the skip link leads past the navigation", async ({ signedIn: page }) => {
  await open(page, "/users");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  const inside = await page.getByRole("main").evaluate((main) => main.contains(document.activeElement));
  expect(inside, "the next stop is in the page").toBe(true);
});
