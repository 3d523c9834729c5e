// What is typed into a form and not saved is not lost without a question.
import type { Page } from "@playwright/test";
import { fillDirectory } from "../support/directory";
import { expect, hydrated, looksRight, open, PASSWORD, test } from "../support/muster";

test.describe.configure({ mode: "serial" });

const question = (page: Page) => page.getByRole("dialog", { name: "Leave without saving?" });
const menu = (page: Page, name: string) => page.getByRole("navigation").getByRole("link", { name, exact: true });

test("a link to another page asks, and only when something changed", async ({ signedIn: page }) => {
  await open(page, "/users/new");
  const username = page.getByLabel("Username");
  await username.fill("unsaved");
  await menu(page, "Groups").click();
  await expect(question(page)).toBeVisible();
  await looksRight(page, "unsaved");
  await question(page).getByRole("button", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/\/users\/new$/);
  await expect(username).toHaveValue("unsaved");
  await username.fill("");
  await menu(page, "Groups").click();
  await expect(page.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
});

test("whoever wants to leave does, to where the link leads", async ({ signedIn: page }) => {
  await open(page, "/groups/new");
  await page.getByRole("textbox", { name: "Name required", exact: true }).fill("unsaved");
  await menu(page, "Roles").click();
  await question(page).getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Roles" })).toBeVisible();
  // What held the links is gone with its page.
  await menu(page, "Users").click();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await expect(question(page)).toBeHidden();
});

test("the way back asks, too", async ({ signedIn: page }) => {
  await open(page, "/groups");
  await page.getByRole("link", { name: "New group" }).first().click();
  const name = page.getByRole("textbox", { name: "Name required", exact: true });
  await name.fill("unsaved");
  await page.goBack();
  await question(page).getByRole("button", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/\/groups\/new$/);
  await expect(name).toHaveValue("unsaved");
  await page.goBack();
  await question(page).getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
});

test("whoever cancels a form means it", async ({ signedIn: page }) => {
  await open(page, "/roles/new");
  await page.getByRole("textbox", { name: /^Label/ }).fill("Unsaved");
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Roles" })).toBeVisible();
});

test("what is saved is not asked about, and what is changed afterwards is", async ({ signedIn: page }) => {
  await open(page, "/users/new");
  await page.getByLabel("Username").fill("saved");
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page).toHaveURL(/\/users\/\d+$/);
  await page.getByLabel("Department").fill("Sales");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Version", { exact: true }).locator("+ dd")).toHaveText("2");
  await menu(page, "Users").click();
  await page.getByRole("link", { name: "saved", exact: true }).click();
  await page.getByLabel("Auditor", { exact: false }).first().check();
  await menu(page, "Users").click();
  await expect(question(page)).toBeVisible();
});

test("a directory's form asks until it is saved", async ({ signedIn: page }) => {
  await fillDirectory(page);
  await menu(page, "Jobs").click();
  await question(page).getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/\/directories\/\d+$/);
  await page.getByRole("textbox", { name: "Name required", exact: true }).fill("Other");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Other");
  await menu(page, "Jobs").click();
  await expect(page.getByRole("heading", { level: 1, name: "Jobs" })).toBeVisible();
});

test("whoever's session ended signs in beside the form, which keeps what was typed", async ({ signedIn: page }) => {
  await open(page, "/users/new");
  await page.getByLabel("Username").fill("beside");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.locator("#form-errors")).toBeInViewport();
  await looksRight(page, "unsaved-signed-out");
  const [beside] = await Promise.all([
    page.waitForEvent("popup"),
    page.locator("#form-errors").getByRole("link", { name: "Sign in" }).click(),
  ]);
  await hydrated(beside);
  await beside.getByLabel("Username").fill("admin");
  await beside.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await beside.getByRole("button", { name: "Sign in" }).click();
  await expect(beside).toHaveURL(/\/users\/new$/);
  await beside.close();
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page).toHaveURL(/\/users\/\d+$/);
});

test("closing or loading the tab asks", async ({ signedIn: page }) => {
  await open(page, "/users/new");
  await page.getByLabel("Username").fill("unsaved");
  const asked: string[] = [];
  page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await page.reload();
  expect(asked).toEqual(["beforeunload"]);
  await page.reload();
  expect(asked).toEqual(["beforeunload"]);
});
