// Profiles of files of groups and of roles: saved once, chosen by the columns, run again.
import { type Page } from "@playwright/test";
import { expect, looksRight, open, test } from "../support/muster";
import { tile } from "../support/directory";
import { choose, csv, type Made } from "../support/files";

test.describe.configure({ mode: "serial" });

async function columns(page: Page, file: Made) {
  await choose(page, file);
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Columns to fields" })).toBeVisible();
}

const bar = (page: Page) => page.getByRole("region", { name: "Profile", exact: true });

async function saveAs(page: Page, name: string) {
  await bar(page).getByRole("button", { name: "Save as profile…" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as profile" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Who may use it").selectOption("run");
  await dialog.getByRole("button", { name: "Save profile" }).click();
  await expect(bar(page)).toContainText(`As in ${name}`);
  await expect(bar(page).getByLabel("Profile").locator("option:checked")).toHaveText(name);
  await expect(bar(page)).not.toContainText("(changed)");
}

test("what was decided about a file of groups is saved, though nothing in it says that they are groups", async ({ signedIn: page }) => {
  await columns(page, csv("teams.csv", ["Kürzel;Was;Wozu", "north;North;Up there"]));
  await expect(page.getByLabel("These rows are")).toHaveValue("users");
  await page.getByLabel("These rows are").selectOption("groups");
  await expect(bar(page)).toContainText("The columns were assigned by their names");
  await page.getByLabel("What Kürzel becomes").selectOption("Name");
  await page.getByLabel("What Wozu becomes").selectOption("Description");
  await page.getByLabel("clears what is stored").check();
  await page.getByLabel("labels of existing ones change too").check();
  await saveAs(page, "Teams");
  await looksRight(page, "profile-objects");
  await page.getByLabel("leaves what is stored").check();
  await expect(bar(page)).toContainText("(changed)");
});

test("the next file with these columns is imported as the last one", async ({ signedIn: page }) => {
  await choose(page, csv("teams-of-may.csv", ["Wozu;Kürzel;Was", "Down there;south;South"]));
  await expect(page.getByText("As in Teams")).toBeVisible();
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByLabel("These rows are")).toHaveValue("groups");
  await expect(page.getByLabel("What Kürzel becomes").locator("option:checked")).toHaveText("Name");
  await expect(page.getByLabel("What Was becomes").locator("option:checked")).toHaveText("Not imported");
  await expect(page.getByLabel("clears what is stored")).toBeChecked();
  await expect(page.getByLabel("labels of existing ones change too")).toBeChecked();
  await expect(bar(page)).not.toContainText("(changed)");
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(tile(page, "Create", 1)).toBeVisible();
  await expect(page.getByRole("region", { name: "Rows of the plan" })).toContainText("Description: Down there");
  await page.getByRole("button", { name: "Commit" }).click();
  await expect(page.getByText("groups created: 1, changed: 0.")).toBeVisible();
});

test("a profile of roles keeps how permissions stand, and a new column of a matrix is read", async ({ signedIn: page }) => {
  await columns(page, csv("matrix.csv", ["role;label;shop:read", "ROLE_SHOP;Shop;x"]));
  await expect(page.getByLabel("These rows are")).toHaveValue("roles");
  await saveAs(page, "Matrix");
  await columns(page, csv("matrix-of-may.csv", ["role;label;shop:read;shop:edit", "ROLE_SHOP;Shop;x;x"]));
  await expect(bar(page)).toContainText("As in Matrix");
  await expect(page.getByLabel("What shop:edit becomes").locator("option:checked")).toHaveText("Permission shop:edit, with a mark");
  await page.getByLabel("What label becomes").selectOption("Not imported");
  await expect(bar(page)).toContainText("(changed)");
  await bar(page).getByRole("button", { name: "Back to the suggestion" }).click();
  await expect(page.getByLabel("What label becomes").locator("option:checked")).toHaveText("Label");
  // One for files of another kind says so, and turns the rows into that.
  await bar(page).getByLabel("Profile").selectOption({ label: "Teams (Groups)" });
  await expect(page.getByLabel("These rows are")).toHaveValue("groups");
  await expect(bar(page)).toContainText("As in Teams");
  await page.getByLabel("These rows are").selectOption("roles");
  await expect(bar(page)).not.toContainText("As in Teams");
});

test("they are listed with their kind, and duplicated", async ({ signedIn: page }) => {
  await open(page, "/profiles");
  const rows = page.getByRole("table").locator("tbody tr");
  await expect(rows.filter({ hasText: "Teams" })).toContainText("Groups, CSV");
  await expect(rows.filter({ hasText: "Matrix" })).toContainText("Roles, CSV");
  await page.getByRole("button", { name: "Duplicate Teams" }).click();
  await page.getByRole("dialog", { name: "Duplicate" }).getByRole("button", { name: "Duplicate" }).click();
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: "Copy of Teams" })).toContainText("Groups, CSV");
});
