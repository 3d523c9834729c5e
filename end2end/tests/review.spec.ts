// The review: rows and fields are picked, exactly these are applied, and who changed meanwhile is not overwritten.
import { expect, looksRight, open, test } from "../support/muster";
import { addDirectory, commit, review, search, tile } from "../support/directory";
import { row } from "../support/keyboard";

test.describe.configure({ mode: "serial" });

test("a plan shows what will happen and writes nothing", async ({ signedIn: page }) => {
  await addDirectory(page);
  await search(page, "(uid=user000001*)");
  await review(page);
  await expect(page.getByText("Create 10 users", { exact: false })).toBeVisible();
  await looksRight(page, "review");
  await page.getByRole("button", { name: /^All \d+ changes/ }).first().click();
  await expect(page.getByText("Why is this row here?")).toBeVisible();
  await looksRight(page, "review-details");
  await open(page, "/users");
  await expect(page.getByText(/^1 user$/)).toBeVisible();
});

test("a short list is as high as its rows", async ({ signedIn: page }) => {
  await search(page, "(|(uid=user0000011)(uid=user0000012)(uid=user0000013))");
  await review(page);
  await expect(row(page, 3)).toBeVisible();
  const hidden = () => page.getByRole("grid").evaluate((grid) => grid.scrollHeight - grid.clientHeight);
  await expect.poll(hidden, "pixels that must be scrolled to").toBeLessThanOrEqual(1);
});

test("an unticked row and an unticked field are not applied", async ({ signedIn: page }) => {
  await search(page, "(uid=user000001*)");
  await review(page);
  const address = page.url();
  await page.getByRole("checkbox", { name: /^Pick (?!the|.* of ).*/ }).first().uncheck();
  await page.getByRole("button", { name: /^All \d+ changes/ }).nth(1).click();
  await page.getByRole("complementary", { name: "Details" }).getByRole("checkbox", { name: /^Pick E-mail of/ }).uncheck();
  await expect(page.getByText("Create 9 users", { exact: false })).toBeVisible();
  // A reload loses nothing.
  await page.reload();
  await expect(page.getByText("Create 9 users", { exact: false })).toBeVisible();
  await commit(page);
  await expect(page.getByText("All 9 rows were applied.")).toBeVisible();
  await expect(page.getByText("1 more change of the plan was left out by whoever committed it.")).toBeVisible();
  await looksRight(page, "job");
  // The plan was committed: it cannot be committed twice.
  await page.goto(address);
  await expect(page.getByText("This plan was committed.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Commit", exact: true })).toHaveCount(0);
});

test("the users are there, without what was not picked", async ({ signedIn: page }) => {
  await open(page, "/users");
  await expect(page.getByText(/^10 users$/)).toBeVisible();
  await looksRight(page, "users");
});

test("the same again has nothing to do but the rest", async ({ signedIn: page }) => {
  await search(page, "(uid=user000001*)");
  await review(page);
  await expect(page.getByText("Create 1 user, update 1,", { exact: false })).toBeVisible();
  await commit(page);
  await search(page, "(uid=user000001*)");
  await review(page);
  await expect(page.getByText("There is nothing to do", { exact: false })).toBeVisible();
});

test("the box in the header picks what is shown, and no more", async ({ signedIn: page }) => {
  await search(page, "(uid=user000003*)");
  await review(page);
  await page.getByLabel("Find in this plan").fill("user0000031");
  await expect(page).toHaveURL(/q=user0000031/);
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "2");
  const box = page.getByRole("checkbox", { name: "All that are shown" });
  await expect(box).toBeChecked();
  await box.uncheck();
  await expect(page.getByText("Create 9 users", { exact: false })).toBeVisible();
  await box.check();
  await expect(page.getByText("Create 10 users", { exact: false })).toBeVisible();
  await box.uncheck();
  await page.getByLabel("Find in this plan").fill("");
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "11");
  await expect(page.getByRole("checkbox", { name: "All changes" })).toBeChecked({ indeterminate: true });
  await expect(page.getByText("Create 9 users", { exact: false })).toBeVisible();
});

test("a range reaches over rows that were never in sight", async ({ signedIn: page }) => {
  await search(page, "(uid=user0001*)");
  await review(page);
  await page.getByLabel("Find in this plan").fill("user0001");
  await expect(page).toHaveURL(/q=user0001/);
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "1001");
  await row(page, 1).focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("Create 999 users", { exact: false })).toBeVisible();
  await page.keyboard.press("End");
  await expect(row(page, 1000)).toBeFocused();
  await page.keyboard.press("Shift+Space");
  await expect(page.getByText("Nothing is picked.")).toBeVisible();
  await page.keyboard.press("Shift+Space");
  await expect(page.getByText("Create 1,000 users", { exact: false })).toBeVisible();
});

test("what cannot be counted is not committed, and can be tried again", async ({ signedIn: page }) => {
  await search(page, "(uid=user000003*)");
  await review(page);
  await page.getByRole("checkbox", { name: /^Pick (?!the|.* of ).*/ }).first().uncheck();
  await expect(page.getByText("Create 9 users", { exact: false })).toBeVisible();
  await page.route("**/api/plan_outline*", (route) => route.abort());
  await page.reload();
  const button = page.getByRole("button", { name: "Commit", exact: true });
  await expect(page.getByText("What is picked could not be counted.")).toBeVisible();
  await expect(page.getByText(/Create \d+ users/)).toHaveCount(0);
  await expect(button).toBeDisabled();
  await page.unroute("**/api/plan_outline*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Create 9 users", { exact: false })).toBeVisible();
  await expect(button).toBeEnabled();

  // An answer that takes its time: nothing is said before it is there.
  let answer = () => {};
  const waited = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/api/plan_outline*", async (route) => {
    await waited;
    await route.continue();
  });
  await page.reload();
  await expect(page.getByText("Counting what is picked…")).toBeVisible();
  await expect(button).toBeDisabled();
  answer();
  await expect(page.getByText("Create 9 users", { exact: false })).toBeVisible();
  await expect(button).toBeEnabled();
});

test("who commits a plan that somebody else committed is told, and nothing is applied twice", async ({ signedIn: page, context }) => {
  await search(page, "user000007");
  await review(page);
  const other = await context.newPage();
  await open(other, page.url());
  await other.getByRole("checkbox", { name: /^Pick / }).nth(1).uncheck();
  await commit(page);
  await expect(page.getByText("All 10 rows were applied")).toBeVisible();
  await other.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(other).toHaveURL(/\/jobs\/\d+/);
  await expect(other.getByText("This plan was committed before.", { exact: false })).toBeVisible();
  expect(other.url()).toBe(page.url());
  await other.close();
});

test("who changed after the plan is shown and planned again, not overwritten", async ({ signedIn: page, context }) => {
  await search(page, "(uid=user000002*)");
  await review(page);
  const before = page.url();
  await page.getByLabel("Find in this plan").fill("user0000029");
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "2");
  await page.getByRole("checkbox", { name: "All that are shown" }).uncheck();
  await expect(page.getByText("Create 9 users", { exact: false })).toBeVisible();
  // Somebody else imports two of the same people meanwhile.
  const other = await context.newPage();
  await search(other, "(|(uid=user0000024)(uid=user0000025))");
  await review(other);
  await commit(other);
  await other.close();

  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page.getByText(/2 rows changed since this plan was made and are not applied as they stand\.\s*Nothing was written\./)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`^${before}\\?show=stale$`));
  await expect(tile(page, "Changed since", 2)).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByLabel("Find in this plan")).toHaveValue("");
  const grid = page.getByRole("grid");
  await expect(grid).toHaveAttribute("aria-rowcount", "3");
  for (const name of ["user0000024", "user0000025"]) {
    await expect(grid.getByRole("row").filter({ hasText: name })).toContainText("Changed since");
  }
  await looksRight(page, "review-stale");
  // The address alone shows them, to anybody.
  await page.reload();
  await expect(page.getByText(/2 rows changed since this plan was made/)).toBeVisible();

  await page.getByRole("button", { name: "Plan again", exact: true }).click();
  await expect(page).toHaveURL(/\/plans\/\d+\?again=changed$/);
  await expect(page.getByText("This plan was made again", { exact: false })).toBeVisible();
  await expect(page.getByText("Create 7 users", { exact: false })).toBeVisible();
  await expect(tile(page, "Unchanged", 2)).toBeVisible();
  await commit(page);
  await expect(page.getByText("All 7 rows were applied.")).toBeVisible();
});
