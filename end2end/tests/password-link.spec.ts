// A one-time link: made by an administrator, used by somebody else in another browser, once.
import { expect, hydrated, looksRight, open, test } from "../support/muster";

test.describe.configure({ mode: "serial" });

const OWN = "a password that eve chose herself";
let link = "";

test("a user without a password says so, calmly", async ({ signedIn: page }) => {
  await open(page, "/users/new");
  await page.getByLabel("Username").fill("eve");
  await page.getByLabel("Display name").fill("Eve Example");
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Eve Example");
  await expect(page.getByText("No password yet", { exact: true })).toBeVisible();
  // There is no mail server: asking on the sign-in page would bring nothing.
  await expect(page.getByText("Hand over a one-time link or a one-time password.")).toBeVisible();
  await looksRight(page, "user-without-password");
  await open(page, "/users");
  await expect(page.getByRole("row", { name: /eve/ }).getByRole("img", { name: "No password yet" })).toBeVisible();
  await looksRight(page, "users-without-password");
});

test("an administrator makes a link, which is shown once", async ({ signedIn: page, muster }) => {
  await open(page, "/users?q=eve");
  await page.getByRole("link", { name: "eve" }).click();
  await page.getByRole("button", { name: "One-time link" }).click();
  const dialog = page.getByRole("dialog", { name: "One-time link" });
  await expect(dialog).toContainText("works once and for 24 hours");
  link = await dialog.locator("code").innerText();
  // Without a public address in the settings it is the one that the administrator's browser has.
  expect(link).toMatch(new RegExp(`^${muster.url}/password/[a-z0-9]{40}$`));
  await looksRight(page, "password-link");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByText("One-time link made")).toBeVisible();
  expect(await page.content()).not.toContain(link.split("/").pop());
});

test("the user chooses a password with it and signs in", async ({ page }) => {
  await page.goto(link);
  await hydrated(page);
  await expect(page).toHaveTitle("Choose a password · Muster");
  await expect(page.getByText("For the user eve")).toBeVisible();
  await looksRight(page, "password-choose");
  await page.getByLabel("New password", { exact: true }).fill("too short");
  await page.getByLabel("New password again").fill("too short");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.locator("#form-errors")).toContainText("New password");
  await page.getByLabel("New password", { exact: true }).fill(OWN);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.locator("#form-errors")).toContainText("New password again");
  await page.getByLabel("New password again").fill(OWN);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The password is set");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await looksRight(page, "password-chosen");
  await page.getByRole("link", { name: "To the sign-in page" }).click();
  await hydrated(page);
  await page.getByLabel("Username").fill("eve");
  await page.getByLabel("Password", { exact: true }).fill(OWN);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: /Account: / }).or(page.getByText(/Account: /)).first()).toBeVisible();
});

test("the link opens nothing a second time, like one that never was", async ({ page }) => {
  for (const address of [link, "/password/no-such-link"]) {
    await page.goto(address);
    await hydrated(page);
    await expect(page.getByText("This link no longer opens anything")).toBeVisible();
    await expect(page.getByText("Ask an administrator for another link.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Ask for a new password" })).toHaveCount(0);
    await expect(page.getByLabel("New password", { exact: true })).toHaveCount(0);
  }
  await looksRight(page, "password-link-ended");
});

test("without a mail server the pages send to an administrator", async ({ page }) => {
  await open(page, "/sign-in");
  await expect(page.getByText("An administrator can give you a link")).toBeVisible();
  await expect(page.getByRole("link", { name: "Ask for a new password" })).toHaveCount(0);
  await open(page, "/password");
  await expect(page.getByText("Muster cannot send letters here")).toBeVisible();
  await looksRight(page, "password-not-asked");
});

test("the user page tells no longer of a missing password", async ({ signedIn: page }) => {
  await open(page, "/users?q=eve");
  await expect(page.getByRole("link", { name: "eve" })).toBeVisible();
  await expect(page.getByRole("img", { name: "No password yet" })).toHaveCount(0);
  await page.getByRole("link", { name: "eve" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Eve Example");
  await expect(page.getByText("No password yet")).toHaveCount(0);
});
