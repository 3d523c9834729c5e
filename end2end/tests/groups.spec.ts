// Groups and roles by hand: list, create, edit, members, permissions, remove.
import { expect, looksRight, open, test } from "../support/muster";

test.describe.configure({ mode: "serial" });

test("without groups the page says what they are for", async ({ signedIn: page }) => {
  await open(page, "/groups");
  await expect(page.getByText("No groups yet")).toBeVisible();
  await looksRight(page, "groups-empty");
});

test("a group is created, and a name that is taken is refused", async ({ signedIn: page }) => {
  await open(page, "/groups");
  await page.getByRole("link", { name: "New group" }).first().click();
  await expect(page).toHaveURL(/\/groups\/new$/);
  await looksRight(page, "group-new");
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.locator("#form-errors")).toContainText("Name");
  await page.getByLabel("Name").fill("Vertrieb, Köln");
  await page.getByLabel("Label").fill("<b>Sales</b> in Cologne");
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page).toHaveURL(/\/groups\/\d+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("<b>Sales</b> in Cologne");
  await expect(page.getByText("Nobody is in this group")).toBeVisible();

  await open(page, "/groups/new");
  await page.getByLabel("Name").fill("VERTRIEB, KO\u0308LN");
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.locator("#form-errors")).toContainText("taken");
  await page.getByLabel("Name").fill("Support");
  await page.getByLabel("Description").fill("Answers questions");
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page).toHaveURL(/\/groups\/\d+$/);
});

test("a user joins a group and leaves it, and the history says so", async ({ signedIn: page }) => {
  await open(page, "/users/new");
  await page.getByLabel("Username").fill("eve");
  const field = page.getByRole("combobox", { name: "Find a group" });
  await field.fill("nobody here");
  await field.press("Enter");
  await expect(page.getByText("No group has this name")).toBeVisible();
  // Written otherwise than the group is.
  await field.fill("vertrieb, köln");
  await field.press("Enter");
  await expect(page.getByRole("button", { name: "Take Vertrieb, Köln away" })).toBeVisible();
  await field.fill("Support");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("button", { name: "Take Support away" })).toBeVisible();
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page).toHaveURL(/\/users\/\d+$/);
  await page.getByRole("button", { name: "Take Support away" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  const history = page.getByRole("region", { name: "History" });
  await expect(history.locator("del")).toHaveText("Support");
  await expect(history.locator("ins", { hasText: "Vertrieb, Köln" })).toBeVisible();
  await looksRight(page, "user-groups");
});

test("the list counts members, is searched and sorted", async ({ signedIn: page }) => {
  await open(page, "/groups");
  const rows = page.getByRole("grid").locator(".grid-window [role=row]");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("Vertrieb, Köln");
  await expect(rows.nth(1).locator(".number")).toHaveText("1 member");
  await looksRight(page, "groups");
  await page.getByRole("searchbox").fill("questions");
  await page.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(/q=questions/);
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("Support");
  await open(page, "/groups?q=zzz");
  await expect(page.getByText("No group matches")).toBeVisible();
});

test("a group shows its members, is edited and removed", async ({ signedIn: page }) => {
  await open(page, "/groups?q=sales");
  await page.getByRole("link", { name: "Vertrieb, Köln" }).click();
  await expect(page.getByRole("link", { name: "eve" })).toBeVisible();
  await looksRight(page, "group");
  await page.getByRole("searchbox").fill("nobody");
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByText("No user matches")).toBeVisible();
  await page.getByLabel("Description").fill("Sells");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("region", { name: "History" })).toContainText("Sells");
  await page.getByRole("button", { name: "Remove group" }).click();
  const question = page.getByRole("dialog", { name: "Remove group" });
  await expect(question).toContainText("1 member leaves the group");
  await question.getByRole("button", { name: "Remove group" }).click();
  await expect(page).toHaveURL(/\/groups$/);
  await expect(page.getByText("1 group", { exact: true })).toBeVisible();
  await open(page, "/users?q=eve");
  await page.getByRole("link", { name: "eve" }).click();
  await expect(page.getByText("In no group.")).toBeVisible();
});

test("a role is created, given, edited, and removed only when nobody has it", async ({ signedIn: page }) => {
  await open(page, "/roles");
  await page.getByRole("link", { name: "New role" }).click();
  await page.getByLabel("Code").fill("ROLE_EDITOR");
  await page.getByLabel("Label").fill("Editor");
  const field = page.getByRole("combobox", { name: "Find or write a permission" });
  await field.fill("muster:everything");
  await field.press("Enter");
  await expect(page.getByText("the ones that Muster knows")).toBeVisible();
  for (const code of ["muster:users.read", "catalog:edit"]) {
    await field.fill(code);
    await field.press("Enter");
    await expect(page.getByRole("button", { name: `Take ${code} away` })).toBeVisible();
  }
  await looksRight(page, "role-new");
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page).toHaveURL(/\/roles\/ROLE_EDITOR$/);
  await expect(page.getByText("Nobody has this role")).toBeVisible();
  await page.getByRole("button", { name: "Take catalog:edit away" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("region", { name: "History" }).locator("del")).toHaveText("catalog:edit");

  await open(page, "/users?q=eve");
  await page.getByRole("link", { name: "eve" }).click();
  await page.getByRole("checkbox", { name: "ROLE_EDITOR" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await open(page, "/roles/ROLE_EDITOR");
  await expect(page.getByRole("link", { name: "eve" })).toBeVisible();
  await looksRight(page, "role");
  await page.getByRole("button", { name: "Remove role" }).click();
  await page.getByRole("dialog", { name: "Remove role" }).getByRole("button", { name: "Remove role" }).click();
  await expect(page.getByText("1 user has this role").first()).toBeVisible();

  await open(page, "/users?q=eve");
  await page.getByRole("link", { name: "eve" }).click();
  await page.getByRole("checkbox", { name: "ROLE_EDITOR" }).uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await open(page, "/roles/ROLE_EDITOR");
  await page.getByRole("button", { name: "Remove role" }).click();
  await page.getByRole("dialog", { name: "Remove role" }).getByRole("button", { name: "Remove role" }).click();
  await expect(page).toHaveURL(/\/roles$/);
  await expect(page.getByText("ROLE_EDITOR")).toHaveCount(0);
});

test("the administrator's role only shows", async ({ signedIn: page }) => {
  await open(page, "/roles/ROLE_ADMINISTRATOR");
  await expect(page.getByText("It stays as it is.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Remove role" })).toHaveCount(0);
  await looksRight(page, "role-administrator");
});
