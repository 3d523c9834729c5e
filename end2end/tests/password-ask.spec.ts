// Asking for a new password where letters can be sent. Nobody listens for them here: whether one is sent is the server's
// matter, and no page may tell.
import { expect, looksRight, open, test } from "../support/muster";

const settings = {
  MUSTER_PUBLIC_URL: "http://muster.example",
  MUSTER_MAIL_HOST: "127.0.0.1",
  MUSTER_MAIL_PORT: "9",
  MUSTER_MAIL_SECURITY: "none",
  MUSTER_MAIL_FROM: "Muster <muster@example.org>",
};
test.use({ musterOptions: { command: "serve", settings } });

test("the sign-in page leads to it, and everybody is told the same", async ({ page }) => {
  await open(page, "/sign-in");
  await looksRight(page, "sign-in-with-mail");
  const said: string[] = [];
  for (const name of ["admin", "nobody@example.org"]) {
    await open(page, "/sign-in");
    await page.getByRole("link", { name: "Ask for a new password" }).click();
    await expect(page).toHaveURL(/\/password$/);
    await expect(page.getByRole("navigation")).toHaveCount(0);
    await page.getByLabel("Username or e-mail address").fill(name);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByText("If there is such a user")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    said.push(await page.getByRole("main").innerText());
  }
  expect(said[0]).toBe(said[1]);
  await looksRight(page, "password-asked");
});

test("without a name it says what is missing, and too often it says to wait", async ({ page }) => {
  await open(page, "/password");
  await looksRight(page, "password-ask");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.locator("#form-errors")).toContainText("Username or e-mail address");
  for (let asked = 0; asked < 6; asked += 1) {
    await open(page, "/password");
    await page.getByLabel("Username or e-mail address").fill("somebody");
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByText(/If there is such a user|Too many/i).first()).toBeVisible();
  }
  await expect(page.locator("#form-errors")).toContainText("Too many attempts");
});
