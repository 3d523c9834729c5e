// A job is watched from any tab, survives the death of the server, and is stopped after a page.
import { expect, looksRight, open, test } from "../support/muster";
import { addDirectory, commit, review, search } from "../support/directory";

test.describe.configure({ mode: "serial" });

test("without a job the page teaches", async ({ signedIn: page }) => {
  await open(page, "/jobs");
  await expect(page.getByText("No jobs yet")).toBeVisible();
  await looksRight(page, "jobs-empty");
});

test("five thousand people are imported while two tabs watch", async ({ signedIn: page, context }) => {
  await addDirectory(page);
  await search(page, "*");
  await review(page);
  const other = await context.newPage();
  await open(other, "/jobs");
  await commit(page);
  await expect(page.getByText(/All 5,?000 rows were applied/)).toBeVisible({ timeout: 60_000 });
  await expect(other.getByRole("grid").getByText("Finished").first()).toBeVisible();
  await other.close();
  // Whom the job made is a click away.
  await page.getByRole("searchbox").fill("user0002500");
  const made = page.getByRole("grid", { name: "Rows of the job" }).getByRole("link");
  await expect(made).toHaveCount(1);
  await made.click();
  await expect(page).toHaveURL(/\/users\/\d+$/);
  await expect(page.getByText("uid=user0002500,").first()).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: /Notifications/ }).click();
  await expect(page.getByText(/finished: 5,?000 of 5,?000 rows applied/).first()).toBeVisible();
  await looksRight(page, "bell");
});

test("five thousand users are listed, sorted and found", async ({ signedIn: page }) => {
  await open(page, "/users");
  await expect(page.getByText(/^5,?001 users$/)).toBeVisible();
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", /500[12]/);
  // Only what is seen is drawn.
  expect(await page.getByRole("row").count()).toBeLessThan(100);
  await page.getByRole("button", { name: /E-mail/ }).click();
  await expect(page).toHaveURL(/sort=email/);
  await looksRight(page, "users-5000");
});

test("the list of jobs looks right", async ({ signedIn: page }) => {
  await open(page, "/jobs");
  await expect(page.getByRole("grid").getByText("Staff directory").first()).toBeVisible();
  await looksRight(page, "jobs");
});
