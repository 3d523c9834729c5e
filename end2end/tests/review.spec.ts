// The review: rows and fields are picked, exactly these are applied, and who changed meanwhile is not overwritten.
import { expect, looksRight, open, test } from "../support/muster";
import { addDirectory, commit, review, search } from "../support/directory";

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
  await expect(page.getByText("Create 1 user, update 1 user", { exact: false })).toBeVisible();
  await commit(page);
  await search(page, "(uid=user000001*)");
  await review(page);
  await expect(page.getByText("There is nothing to do", { exact: false })).toBeVisible();
});

test("who changed after the plan is planned again, not overwritten", async ({ signedIn: page, context }) => {
  await search(page, "(uid=user000002*)");
  await review(page);
  // Somebody else imports the same people meanwhile.
  const other = await context.newPage();
  await search(other, "(uid=user000002*)");
  await review(other);
  await commit(other);
  await other.close();
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page.getByText(/rows had changed since and were planned again/)).toBeVisible();
  await expect(page.getByText("There is nothing to do", { exact: false })).toBeVisible();
});
