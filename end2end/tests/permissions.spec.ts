// Somebody who may only read: sees everything, is offered nothing else, and is told why where an address leads further.
import { type Page } from "@playwright/test";
import { expect, looksRight, open, PASSWORD, signIn, test } from "../support/muster";
import { addDirectory, review, search } from "../support/directory";
import { createUser, giveOneTimePassword, signInFirst } from "../support/people";

test.describe.configure({ mode: "serial" });

const READER = "reader";
const READERS_PASSWORD = "seven unrelated grey geese";

/** The page says that this is not allowed, and which permission it needs. */
async function isForbidden(page: Page, path: string, permission: string) {
  await open(page, path);
  const notice = page.getByRole("alert").filter({ hasText: "You may not do this" });
  await expect(notice).toContainText(`It needs the permission ${permission}.`);
  await expect(notice).toContainText("Ask an administrator for a role that has it.");
}

test("a new user chooses a password at the first sign-in", async ({ signedIn: page, context }) => {
  await addDirectory(page);
  await createUser(page, READER, "ROLE_AUDITOR");
  const oneTime = await giveOneTimePassword(page);
  await context.clearCookies();
  await signInFirst(page, READER, oneTime, READERS_PASSWORD);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Users");
  // It worked once.
  await context.clearCookies();
  await open(page, "/sign-in");
  await page.getByLabel("Username").fill(READER);
  await page.getByLabel("Password", { exact: true }).fill(oneTime);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.locator("#form-errors")).toContainText("Username or password is wrong");
});

test("only what may be read is offered", async ({ page }) => {
  await signIn(page, READER, READERS_PASSWORD);
  const places = page.getByRole("navigation", { name: "Main" }).getByRole("link");
  await expect(places).toHaveText(["Users", "Groups", "Roles", "Jobs", "Settings"]);
  const main = page.getByRole("main");
  await expect(main.getByText(/^2 users$/)).toBeVisible();
  await expect(main.getByRole("link", { name: "Import" })).toHaveCount(0);
  await expect(main.getByRole("link", { name: "New user" })).toHaveCount(0);
  await looksRight(page, "users-read-only");
});

test("addresses that lead further say what is missing", async ({ page }) => {
  await signIn(page, READER, READERS_PASSWORD);
  await isForbidden(page, "/import", "muster:import");
  await expect(page.getByRole("searchbox")).toHaveCount(0);
  await looksRight(page, "forbidden");
  await isForbidden(page, "/directories", "muster:directories");
  await isForbidden(page, "/directories/1", "muster:directories");
  await isForbidden(page, "/users/new", "muster:users.write");
  await expect(page.getByLabel("Username")).toHaveCount(0);
});

test("a user is shown and cannot be changed", async ({ page }) => {
  await signIn(page, READER, READERS_PASSWORD);
  await page.getByRole("grid").getByRole("link", { name: "admin", exact: true }).click();
  const form = page.getByRole("form", { name: "User" });
  await expect(form.getByLabel("Username")).toHaveValue("admin");
  const fields = await form.getByRole("textbox").all();
  expect(fields.length).toBeGreaterThan(5);
  for (const field of fields) await expect(field).not.toBeEditable();
  for (const box of await form.getByRole("checkbox").all()) await expect(box).toBeDisabled();
  await expect(form.getByRole("button")).toHaveCount(0);
  await expect(form.getByText("Changing roles needs the permission muster:roles.")).toBeVisible();
  await expect(page.getByRole("button", { name: "One-time password" })).toHaveCount(0);
  await looksRight(page, "user-read-only");
});

test("a plan is looked at and not committed", async ({ page, context }) => {
  await signIn(page, "admin", PASSWORD);
  await search(page, "(uid=user000001*)");
  await review(page);
  const address = page.url();
  await context.clearCookies();
  await signIn(page, READER, READERS_PASSWORD);
  await open(page, address);
  await expect(page.getByText("You may look at this plan. Committing it needs the permission to import.")).toBeVisible();
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "11");
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Commit", exact: true })).toHaveCount(0);
});

test("a directory cannot be begun that could not be saved", async ({ page }) => {
  await signIn(page, READER, READERS_PASSWORD);
  await isForbidden(page, "/directories/new", "muster:directories");
  await expect(page.getByLabel("Bind DN")).toHaveCount(0);
});
