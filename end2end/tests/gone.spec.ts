// What is not there says so, in a page with a heading, and leads to where others of its kind are.
import { expect, hydrated, looksRight, open, test } from "../support/muster";

test.describe.configure({ mode: "serial" });

for (const [address, says, link, list] of [
  ["/users/999", "There is no such user", "To the users", "Users"],
  ["/groups/999", "There is no such group", "To the groups", "Groups"],
  ["/roles/ROLE_NOBODY", "There is no such role", "To the roles", "Roles"],
  ["/roles/nothing", "There is no such role", "To the roles", "Roles"],
  ["/directories/999", "There is no such directory", "To the directories", "Directories"],
  ["/jobs/999", "There is no such job", "To the jobs", "Jobs"],
  ["/plans/999", "There is no such plan", "To the jobs", "Jobs"],
] as const) {
  test(`${address} is not there`, async ({ signedIn: page }) => {
    await open(page, address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("alert")).toContainText(says);
    await looksRight(page, `gone${address.replaceAll("/", "-")}`);
    await page.getByRole("link", { name: link }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(list);
  });
}

test("in German, too", async ({ signedIn: page }) => {
  await open(page, "/settings");
  await page.getByText("Deutsch", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await open(page, "/groups/999");
  await expect(page.getByRole("alert")).toContainText("Diese Gruppe gibt es nicht");
  await page.getByRole("link", { name: "Zu den Gruppen" }).click();
  await hydrated(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Gruppen");
});
