// What a person is told while a job runs and they look elsewhere: the title counts, the bell and a toast speak, also
// after a reload in the middle.
import { expect, hydrated, open, test } from "../support/muster";
import { addDirectory, review, search } from "../support/directory";

test.describe.configure({ mode: "serial", timeout: 120_000 });

test("the title counts, and the end is told on any page", async ({ signedIn: page, muster }) => {
  await addDirectory(page);
  await search(page, "*");
  await review(page);
  const fullSpeed = muster.slowDown();
  try {
    await page.getByRole("button", { name: "Commit", exact: true }).click();
    await expect(page).toHaveURL(/\/jobs\/\d+/, { timeout: 60_000 });
    await page.getByRole("link", { name: "Roles", exact: true }).click();
    await expect(page).toHaveTitle(/^\d+ % · Roles/, { timeout: 60_000 });
    const before = Number(/^\d+/.exec(await page.title())?.[0]);
    await page.reload();
    await hydrated(page);
    // It goes on where it was, and not from nothing.
    await expect(page).toHaveTitle(/^\d+ % · Roles/, { timeout: 60_000 });
    expect(Number(/^\d+/.exec(await page.title())?.[0])).toBeGreaterThanOrEqual(before);
    await page.getByRole("button", { name: /^Notifications/ }).click();
    await expect(page.locator("#bell-list")).toContainText("Import from Staff directory started: 5,000 rows.");
    fullSpeed();
    const toast = page.locator(".toast", { hasText: "Import from Staff directory finished: 5,000 of 5,000 rows applied." });
    await expect(toast).toBeVisible({ timeout: 60_000 });
    await expect(page).toHaveTitle(/^Roles/);
    await toast.getByRole("link", { name: "See the job" }).click();
    await expect(page.getByText(/All 5,?000 rows were applied/)).toBeVisible();
  } finally {
    fullSpeed();
  }
});

test("what was told is counted until it is seen", async ({ signedIn: page }) => {
  await open(page, "/roles");
  const bell = page.getByRole("button", { name: /^Notifications/ });
  await expect(bell).toHaveAccessibleName("Notifications, 1 new");
  await bell.click();
  await expect(page.locator("#bell-list")).toContainText("finished: 5,000 of 5,000 rows applied");
  await expect(bell).toHaveAccessibleName("Notifications");
  await page.reload();
  await hydrated(page);
  await expect(bell).toHaveAccessibleName("Notifications");
});
