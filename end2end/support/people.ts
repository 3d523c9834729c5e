// Users of Muster itself, made by an administrator.
import { type Page } from "@playwright/test";
import { expect, hydrated, open } from "./muster";

/** Makes an internal user, with the role of this code if there is one, and stays on its page. */
export async function createUser(page: Page, username: string, role?: string) {
  await open(page, "/users/new");
  await page.getByLabel("Username").fill(username);
  if (role) await page.getByRole("checkbox", { name: role }).check();
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page).toHaveURL(/\/users\/\d+/);
}

/** Gives a user another department meanwhile: the same person does it, in another browser, and this page stays as it is. */
export async function changeDepartment(page: Page, username: string, department: string) {
  const settings = { storageState: await page.context().storageState(), baseURL: new URL(page.url()).origin };
  const context = await page.context().browser()!.newContext(settings);
  const other = await context.newPage();
  await open(other, `/users?q=${username}`);
  await other.getByRole("link", { name: username, exact: true }).first().click();
  await other.getByLabel("Department").fill(department);
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText("Saved.").first()).toBeVisible();
  await context.close();
}

/** Gives the user of the page a one-time password. */
export async function giveOneTimePassword(page: Page): Promise<string> {
  await page.getByRole("button", { name: "One-time password" }).click();
  await page.getByRole("button", { name: "Make the password" }).click();
  const dialog = page.getByRole("dialog");
  const password = await dialog.locator("code").innerText();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  return password;
}

/** The first sign-in with a one-time password, which must be replaced at once. */
export async function signInFirst(page: Page, username: string, oneTime: string, password: string) {
  await open(page, "/sign-in");
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(oneTime);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Choose a password");
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByLabel("New password again").fill(password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page).toHaveURL(/\/users$/);
  await hydrated(page);
}
