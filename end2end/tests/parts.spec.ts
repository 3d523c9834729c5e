// The pages come in parts: only what a page needs is loaded, and one that does not come is told.
import { expect, hydrated, looksRight, PASSWORD, test } from "../support/muster";

test("signing in needs no part, and each page brings its own, once", async ({ page }) => {
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(...(/split_\w+(?=\.wasm)/.exec(request.url()) ?? [])));
  await page.goto("/sign-in");
  await hydrated(page);
  expect(loaded).toEqual([]);
  await page.getByLabel("Username").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Users");
  await hydrated(page);
  expect(loaded).toEqual(["split_people"]);
  for (const name of ["Jobs", "Groups", "Directories"]) {
    await page.getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  }
  expect(loaded).toEqual(["split_people", "split_import", "split_setup"]);
});

test("a part that does not come is told, and comes when the page is loaded again", async ({ signedIn, context }) => {
  // Another page than the one whose console must stay empty: the loader complains there.
  await signedIn.close();
  const page = await context.newPage();
  await page.goto("/users");
  await hydrated(page);
  await page.route(/split_setup\.wasm$/, (route) => route.abort());
  await page.getByRole("link", { name: "Directories", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page did not load");
  await expect(page).toHaveURL(/\/directories$/);
  await looksRight(page, "part-not-loaded");
  await page.unroute(/split_setup\.wasm$/);
  await page.getByRole("button", { name: "Load again" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Directories");
  await hydrated(page);
});
