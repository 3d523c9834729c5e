// Profiles of file imports: saved once, chosen by the columns, shared, duplicated, removed.
import { expect, looksRight, open, test } from "../support/muster";
import { tile } from "../support/directory";
import { createUser, giveOneTimePassword, signInFirst } from "../support/people";
import { choose, csv, reviewFile, type Made } from "../support/files";
import { type Page } from "@playwright/test";
import { writeFileSync } from "node:fs";

test.describe.configure({ mode: "serial" });

const HEAD = "Kennung;Rufname;Raum";

function staff(name: string, rows = ["ANNA;Anna;1.01"], head = HEAD): Made {
  return csv(name, [head, ...rows]);
}

async function columns(page: Page, file: Made | string) {
  await choose(page, file);
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Columns to fields" })).toBeVisible();
}

const bar = (page: Page) => page.getByRole("region", { name: "Profile", exact: true });

test("without profiles the page says what they are for", async ({ signedIn: page }) => {
  await open(page, "/import/file");
  await page.getByRole("link", { name: "Import profiles" }).click();
  await expect(page.getByText("No profiles yet")).toBeVisible();
  await looksRight(page, "profiles-empty");
});

test("what was decided is saved as a profile", async ({ signedIn: page }) => {
  await columns(page, staff("monthly.csv"));
  await expect(bar(page)).toContainText("No profiles yet");
  await page.getByLabel("What Kennung becomes").selectOption("username");
  await page.getByLabel("Kennung in small letters").check();
  await page.getByLabel("What Rufname becomes").selectOption("first_name");
  await page.getByLabel("What Raum becomes").selectOption("");
  await page.getByLabel("clears what is stored").check();
  await page.getByText("Roles for those who are imported").click();
  await page.getByRole("checkbox", { name: "Auditor" }).check();
  await page.getByRole("textbox", { name: "Scope of Auditor" }).fill("Germany");
  await looksRight(page, "file-roles");
  await bar(page).getByRole("button", { name: "Save as profile…" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as profile" });
  await expect(dialog.getByLabel("Name")).toHaveValue("monthly");
  await dialog.getByLabel("Name").fill(" ");
  await dialog.getByRole("button", { name: "Save profile" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Name");
  await dialog.getByLabel("Name").fill("HR <b>monthly</b>");
  await looksRight(page, "profile-save");
  await dialog.getByRole("button", { name: "Save profile" }).click();
  await expect(dialog).toBeHidden();
  await expect(bar(page)).toContainText("As in HR <b>monthly</b>");
  await expect(bar(page)).not.toContainText("(changed)");
});

test("roles for those who are imported are copied from another user", async ({ signedIn: page }) => {
  await createUser(page, "template", "ROLE_AUDITOR");
  await columns(page, staff("copied.csv", ["AMY;Amy;1.02"], "Kennung;Vorname;Platz"));
  await page.getByText("Roles for those who are imported").click();
  await page.getByLabel("Type part of a name").fill("templ");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByRole("button", { name: "Copy from template" }).click();
  await expect(page.getByText("Roles copied from template: ROLE_AUDITOR.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Auditor" })).toBeChecked();
  await looksRight(page, "file-roles-copied");
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(page.getByText("+ ROLE_AUDITOR")).toHaveCount(1);
});

test("the next file with these columns is imported as the last one, in whatever order they stand", async ({ signedIn: page }) => {
  await choose(page, staff("next.csv", ["2.02;BEN;Ben", "3.03;ZOE;"], "Raum;Kennung;Rufname"));
  await expect(page.getByText("As in HR <b>monthly</b>")).toBeVisible();
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByLabel("What Kennung becomes")).toHaveValue("username");
  await expect(page.getByLabel("Kennung in small letters")).toBeChecked();
  await expect(page.getByLabel("What Rufname becomes")).toHaveValue("first_name");
  await expect(page.getByLabel("What Raum becomes")).toHaveValue("");
  await expect(page.getByLabel("clears what is stored")).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Auditor" })).toBeChecked();
  await expect(page.getByRole("textbox", { name: "Scope of Auditor" })).toHaveValue("Germany");
  await expect(bar(page)).not.toContainText("(changed)");
  await looksRight(page, "profile-taken");
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(tile(page, "Create", 2)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("grid")).toContainText("ben");
  await expect(page.getByText("+ ROLE_AUDITOR@Germany")).toHaveCount(2);
});

test("the way back to the suggestion, and to the profile again", async ({ signedIn: page }, info) => {
  // A file of the disk is the same one when it is chosen again.
  const back = info.outputPath("back.csv");
  writeFileSync(back, staff("back.csv").buffer);
  await columns(page, back);
  await bar(page).getByRole("button", { name: "Back to the suggestion" }).click();
  await expect(bar(page)).toContainText("assigned by their names");
  await expect(page.getByLabel("Kennung in small letters")).not.toBeChecked();
  await expect(page.getByLabel("leaves what is stored")).toBeChecked();
  await bar(page).getByLabel("Profile").selectOption({ label: "HR <b>monthly</b>" });
  await expect(page.getByLabel("Kennung in small letters")).toBeChecked();
  // After a reload the same file goes on where it was.
  await page.getByLabel("Kennung in small letters").uncheck();
  await expect(bar(page)).toContainText("(changed)");
  await page.reload();
  await columns(page, back);
  await expect(page.getByLabel("Kennung in small letters")).not.toBeChecked();
  await expect(bar(page)).toContainText("As in HR <b>monthly</b>(changed)");
  await bar(page).getByRole("button", { name: "Save HR <b>monthly</b>" }).click();
  await expect(bar(page)).not.toContainText("(changed)");
  await columns(page, staff("other-name.csv"));
  await expect(page.getByLabel("Kennung in small letters")).not.toBeChecked();
  await expect(bar(page)).toContainText("As in HR <b>monthly</b>");
});

test("a file is read as last time", async ({ signedIn: page }) => {
  const lines = ["Kostenstelle;Telefon;Kürzel", "4711;12;abc", "4712;13;def", "Kostenstelle;Telefon;Kürzel", "1;2;zed"];
  await choose(page, csv("ledger.csv", lines));
  await expect(page.getByText("As in HR")).toHaveCount(0);
  await page.getByLabel("Column names").selectOption("4");
  await expect(page.getByText("1 row", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "On to the columns" }).click();
  await page.getByLabel("What Kürzel becomes").selectOption("username");
  await bar(page).getByRole("button", { name: "Save as profile…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save profile" }).click();
  await expect(bar(page)).toContainText("As in ledger");
  await choose(page, csv("ledger-of-may.csv", lines));
  await expect(page.getByText("As in ledger")).toBeVisible();
  await expect(page.getByLabel("Column names")).toHaveValue("4");
  // One that is shorter cannot be read so, and is read as without any profile.
  await choose(page, csv("unlike.csv", ["a;b", "1;2"]));
  await expect(page.getByLabel("Column names")).toHaveValue("1");
  await expect(page.getByText("As in ledger")).toHaveCount(0);
});

test("profiles are listed, renamed, shared and duplicated", async ({ signedIn: page }) => {
  await open(page, "/profiles");
  const rows = page.getByRole("table").locator("tbody tr");
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: "Edit HR <b>monthly</b>" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit" });
  await dialog.getByLabel("Name").fill("Ledger");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("taken");
  await dialog.getByLabel("Name").fill("HR monthly");
  await dialog.getByLabel("Who may use it").selectOption("run");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(rows.filter({ hasText: "HR monthly" })).toContainText("Everyone who imports");
  await page.getByRole("button", { name: "Duplicate HR monthly" }).click();
  const copy = page.getByRole("dialog", { name: "Duplicate" });
  await expect(copy.getByLabel("Name")).toHaveValue("Copy of HR monthly");
  await copy.getByRole("button", { name: "Duplicate" }).click();
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: "Copy of HR monthly" })).toContainText("Only the owner");
  await looksRight(page, "profiles");
});

test("a colleague runs what is shared, and changes only a copy", async ({ signedIn: page, browser, muster }) => {
  await createUser(page, "manager", "ROLE_USER_MANAGER");
  const oneTime = await giveOneTimePassword(page);
  const context = await browser.newContext({ baseURL: muster.url });
  const other = await context.newPage();
  await signInFirst(other, "manager", oneTime, "a password of my own");
  await open(other, "/profiles");
  const rows = other.getByRole("table").locator("tbody tr");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("admin");
  await expect(other.getByRole("button", { name: "Edit HR monthly" })).toHaveCount(0);
  await expect(other.getByRole("button", { name: "Remove HR monthly" })).toHaveCount(0);
  await columns(other, staff("mine.csv"));
  await expect(bar(other)).toContainText("As in HR monthly");
  await other.getByLabel("What Raum becomes").selectOption("department");
  await expect(bar(other)).toContainText("(changed)");
  await expect(bar(other).getByRole("button", { name: "Save HR monthly" })).toHaveCount(0);
  await context.close();
});

test("who may not import is told before choosing a file", async ({ signedIn: page, browser, muster }) => {
  await createUser(page, "auditor", "ROLE_AUDITOR");
  const oneTime = await giveOneTimePassword(page);
  const context = await browser.newContext({ baseURL: muster.url });
  const other = await context.newPage();
  await signInFirst(other, "auditor", oneTime, "a password of my own");
  await open(other, "/import/file");
  await expect(other.getByRole("alert")).toContainText("muster:import");
  await expect(other.locator("#file")).toHaveCount(0);
  await looksRight(other, "file-forbidden");
  await context.close();
});

test("a profile is removed after a question", async ({ signedIn: page }) => {
  await open(page, "/profiles");
  await page.getByRole("button", { name: "Remove Copy of HR monthly" }).click();
  const question = page.getByRole("dialog", { name: "Remove" });
  await expect(question).toContainText("Copy of HR monthly is removed for everyone");
  await question.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByRole("table").locator("tbody tr")).toHaveCount(2);
  await reviewable(page);
});

/** What is left still works. */
async function reviewable(page: Page) {
  await choose(page, staff("left.csv", ["kim;Kim;1"]));
  await reviewFile(page);
  await expect(tile(page, "Create", 1)).toBeVisible();
}
