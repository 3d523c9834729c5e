// The whole way on PostgreSQL: the same as on SQLite.
import { expect, open, test } from "../support/muster";
import { addDirectory, commit, review, search } from "../support/directory";
import { servers } from "../support/rig";

test.use({ musterOptions: async ({}, use) => use({ command: "serve", settings: { MUSTER_DATABASE_URL: servers().postgres } }) });

test("search, review, import, find", async ({ signedIn: page }) => {
  await addDirectory(page);
  await search(page, "(uid=user00000*)");
  await review(page);
  await commit(page);
  await expect(page.getByText("All 100 rows were applied.")).toBeVisible();
  await open(page, "/users?q=user0000042");
  await expect(page.getByText(/^1 user$/)).toBeVisible();
  await page.getByRole("link", { name: /user0000042/ }).first().click();
  await expect(page.getByRole("main").getByText("Staff directory").first()).toBeVisible();
  await expect(page.getByText(/job \d+/).first()).toBeVisible();
});
