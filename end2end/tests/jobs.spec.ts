// A job is watched from any tab, survives the death of the server, and is stopped after a page.
import { expect, looksRight, open, PASSWORD, test } from "../support/muster";
import { addDirectory, commit, review, search } from "../support/directory";
import { choose, csv, reviewFile } from "../support/files";
import { row } from "../support/keyboard";
import { createUser, giveOneTimePassword, signInFirst } from "../support/people";

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

test("jobs are found by where people came from and by who committed them", async ({ signedIn: page, browser }) => {
  await createUser(page, "deputy", "ROLE_ADMINISTRATOR");
  const password = await giveOneTimePassword(page);
  const other = await (await browser.newContext()).newPage();
  await signInFirst(other, "deputy", password, PASSWORD);
  await choose(other, csv("staff.csv", ["Username,E-mail", "erika,erika@example.org"]));
  await reviewFile(other);
  await commit(other);
  await other.context().close();

  await open(page, "/jobs");
  const grid = page.getByRole("grid");
  const from = page.getByRole("combobox", { name: "From" });
  const author = page.getByRole("combobox", { name: "Committed by" });
  await expect(grid).toHaveAttribute("aria-rowcount", "3");
  await expect(author.getByRole("option")).toHaveText(["Anyone", "admin (you)", "deputy"]);
  await from.selectOption({ label: "A file" });
  await expect(page).toHaveURL(/source=file/);
  await expect(grid).toHaveAttribute("aria-rowcount", "2");
  await expect(row(page, 1)).toContainText("staff.csv");
  await expect(row(page, 1)).toContainText("deputy");
  await author.selectOption({ label: "admin (you)" });
  await expect(page.getByText("No job matches")).toBeVisible();
  await looksRight(page, "jobs-filtered");
  await page.goBack();
  await expect(author).toHaveValue("");
  await expect(grid).toHaveAttribute("aria-rowcount", "2");
  // The address alone says all of it.
  await author.selectOption({ label: "deputy" });
  await expect(page).toHaveURL(/author=\d/);
  await page.reload();
  await expect(from).toHaveValue("file");
  await expect(author.getByRole("option", { selected: true })).toHaveText("deputy");
  await expect(row(page, 1)).toContainText("staff.csv");
  await from.selectOption({ label: "A directory" });
  await page.getByRole("link", { name: "Show all jobs" }).click();
  await expect(grid).toHaveAttribute("aria-rowcount", "3");
  await expect(from).toHaveValue("");
  await expect(author).toHaveValue("");
  await open(page, "/jobs?author=999");
  await expect(page.getByText("No job matches")).toBeVisible();
  await expect(author.getByRole("option", { selected: true })).toHaveText("User no. 999");
});

test("the list of jobs looks right", async ({ signedIn: page }) => {
  await open(page, "/jobs");
  await expect(page.getByRole("grid").getByText("Staff directory").first()).toBeVisible();
  await looksRight(page, "jobs");
});
