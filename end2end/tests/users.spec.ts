// Users by hand: create, edit, find, history; roles and settings.
import { expect, looksRight, open, test } from "../support/muster";

test.describe.configure({ mode: "serial" });

test("an internal user is created and found", async ({ signedIn: page }) => {
  await open(page, "/users/new");
  await looksRight(page, "user-new");
  await page.getByLabel("Username").fill("Jürgen.Müller");
  await page.getByLabel("Display name").fill("Jürgen <script>alert(1)</script> Müller");
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page).toHaveURL(/\/users\/\d+/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Jürgen");
  await open(page, "/users?q=J%C3%9CRGEN");
  await expect(page.getByText("Jürgen.Müller").first()).toBeVisible();
});

test("the same name in another form is taken", async ({ signedIn: page }) => {
  await open(page, "/users/new");
  await page.getByLabel("Username").fill("JU\u0308RGEN.MU\u0308LLER");
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.locator("#form-errors")).toContainText(/name/i);
});

test("a change by hand stands in the history", async ({ signedIn: page }) => {
  await open(page, "/users?q=m%C3%BCller");
  await page.getByRole("link", { name: /ü/ }).first().click();
  await page.getByLabel("Department").fill("Research & Development");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await expect(page.getByText("by admin").first()).toBeVisible();
  await looksRight(page, "user");
});

test("roles and settings look right", async ({ signedIn: page }) => {
  await open(page, "/roles");
  await expect(page.getByText("ROLE_ADMINISTRATOR").first()).toBeVisible();
  await looksRight(page, "roles");
  await open(page, "/settings");
  await looksRight(page, "settings");
});

test("everything is there in German", async ({ signedIn: page }) => {
  await open(page, "/settings");
  await page.getByText("Deutsch", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await open(page, "/users");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Benutzer");
  await looksRight(page, "users-german");
});

test("an address without a page says so", async ({ signedIn: page }) => {
  await open(page, "/nothing/here");
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await looksRight(page, "not-found");
});
