// Files of groups and of roles, alone and beside one of users.
import { readFileSync } from "node:fs";
import { type Locator, type Page } from "@playwright/test";
import { expect, looksRight, open, test } from "../support/muster";
import { commit, tile } from "../support/directory";
import { choose, csv, dropAll, reviewFile, type Made } from "../support/files";
import { createUser, giveOneTimePassword, signInFirst } from "../support/people";

test.describe.configure({ mode: "serial" });

const table = (page: Page): Locator => page.getByRole("region", { name: "Rows of the plan" });
const row = (page: Page, name: string): Locator =>
  table(page).getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });

/** What a job did with each group or role. */
const report = (page: Page): Locator => page.getByRole("region", { name: "Rows of the job" });
const row1 = (page: Page): Locator => page.getByRole("grid").getByRole("row").nth(1);

async function download(page: Page, path: string): Promise<Made> {
  await open(page, path);
  await page.getByRole("button", { name: "Export" }).click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("link", { name: "Download" }).click();
  const file = await waiting;
  return { name: file.suggestedFilename(), mimeType: "text/csv", buffer: readFileSync(await file.path()) };
}

test("a file of groups is known by its columns, reviewed, and what is picked is written", async ({ signedIn: page }) => {
  const lines = ["Gruppe;Bezeichnung;Beschreibung", "staff;Everyone;All who work here", "sales;Sales;", "press;Press;", ";Nobody;", "STAFF;Twice;"];
  await choose(page, csv("groups.csv", lines));
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByLabel("These rows are")).toHaveValue("groups");
  await expect(page.getByLabel("What Gruppe becomes").locator("option:checked")).toHaveText("Name");
  await expect(page.getByLabel("What Beschreibung becomes").locator("option:checked")).toHaveText("Description");
  await expect(page.locator(".examples")).toContainText("All who work here");
  await page.getByLabel("What Gruppe becomes").selectOption("Not imported");
  await expect(page.getByText("No column is the name of the group")).toBeVisible();
  await expect(page.getByRole("button", { name: "See what will change" })).toBeDisabled();
  await page.getByLabel("What Gruppe becomes").selectOption("Name");
  await looksRight(page, "file-objects-columns");

  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(page).toHaveURL(/\/import\/file\/review$/);
  await expect(tile(page, "Create", 3)).toBeVisible();
  await expect(tile(page, "Blocked", 2)).toBeVisible();
  await expect(row(page, "STAFF")).toContainText("Row 2 has the same name");
  await expect(row(page, "staff").getByRole("cell").nth(2)).toHaveText("2");
  expect(sent.filter((text) => /staff/i.test(text)), "nothing of the file leaves the browser before the commit").toEqual([]);
  await row(page, "press").getByRole("checkbox").uncheck();
  await expect(page.getByLabel("What will happen")).toContainText("Groups: create 2, change 0.");
  await looksRight(page, "file-objects-review");
  await page.getByRole("button", { name: "Commit" }).click();
  await expect(page).toHaveURL(/\/import\/file$/);
  await expect(page.getByText("groups created: 2, changed: 0.")).toBeVisible();
  expect(sent.filter((text) => /press|Nobody/.test(text)), "only what is picked is sent").toEqual([]);
  await looksRight(page, "file-objects-done");

  // It is a job like every other, with what it did with each group.
  await page.getByRole("link", { name: "See the job" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Import from groups.csv");
  await expect(page.getByText("2 created, 0 changed")).toBeVisible();
  await expect(report(page).getByRole("rowheader")).toHaveText(["staff", "sales"]);
  await expect(report(page).getByRole("row").nth(1)).toContainText("All who work here");
  await expect(page.getByRole("button", { name: "Download the 3 rows that were not imported" })).toBeVisible();
  await expect(page.getByRole("link", { name: /plan/i })).toHaveCount(0);
  await looksRight(page, "job-groups");
  const job = new URL(page.url()).pathname;
  await report(page).getByRole("link", { name: "staff" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Everyone");
  await page.getByRole("link", { name: /^job \d+$/ }).click();
  await expect(page).toHaveURL(new RegExp(`${job}$`));
  await open(page, "/jobs");
  await expect(row1(page)).toContainText("Import from groups.csv");
  await expect(row1(page)).toContainText("Groups · Job ");
  await expect(row1(page)).toContainText("2 created, 0 changed");
  await open(page, "/import/file");
  await page.getByRole("link", { name: "See the groups" }).click();
  await expect(page.getByRole("grid").getByText("staff", { exact: true })).toBeVisible();
  await expect(page.getByRole("grid").getByText("press", { exact: true })).toHaveCount(0);
});

test("of each column is told how much of it is filled, and which one is needed", async ({ signedIn: page }) => {
  await choose(page, csv("filled.csv", ["Gruppe;Bezeichnung", "one;One", "two;", "three;", "four;"]));
  await page.getByRole("link", { name: "On to the columns" }).click();
  const columns = page.getByRole("region", { name: "Columns to fields" });
  const line = (name: string) => columns.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  await expect(line("Gruppe")).toContainText("100 %");
  await expect(line("Gruppe").locator("small")).toHaveText("required");
  await expect(line("Bezeichnung")).toContainText("25 %");
  await expect(line("Bezeichnung").locator("small")).toHaveCount(0);
  await looksRight(page, "file-objects-filled");
});

test("labels of groups that exist change only when that is ticked", async ({ signedIn: page }) => {
  const file = csv("again.csv", ["name,label,description", "staff,All of us,All who work here", "sales,Sales,"]);
  await choose(page, file);
  await reviewFile(page);
  await expect(page.getByText("There is nothing to do")).toBeVisible();
  await expect(page.getByRole("button", { name: "Commit" })).toBeDisabled();
  await page.getByRole("link", { name: "Columns" }).click();
  await page.getByLabel("labels of existing ones change too").check();
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(row(page, "staff").locator(".before")).toHaveText("Everyone");
  await expect(row(page, "staff").locator(".after")).toHaveText("All of us");
  // Meanwhile somebody else writes.
  const other = await page.context().newPage();
  await open(other, "/groups?q=staff");
  await other.getByRole("grid").getByText("staff", { exact: true }).click();
  await other.getByLabel("Description").fill("Changed meanwhile");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText(/saved/i).first()).toBeVisible();
  await other.close();
  await page.getByRole("button", { name: "Commit" }).click();
  await expect(page.getByText("It was planned again")).toBeVisible();
  await expect(row(page, "staff").locator(".before").filter({ hasText: "Changed meanwhile" })).toBeVisible();
  await page.getByRole("button", { name: "Commit" }).click();
  await expect(page.getByText("groups created: 0, changed: 1.")).toBeVisible();
});

test("roles: a row for each permission, what goes is shown, and a guard asks for the number", async ({ signedIn: page }) => {
  const rows = ["role,label,permissions", "ROLE_EDITOR,Editor,catalog:edit", "ROLE_EDITOR,Editor,catalog:read", "ROLE_BOSS,Boss,muster:admin"];
  await choose(page, csv("roles.csv", rows));
  await reviewFile(page);
  await expect(tile(page, "Create", 2)).toBeVisible();
  await expect(row(page, "ROLE_EDITOR").getByRole("cell").nth(2)).toHaveText("2–3");
  await expect(row(page, "ROLE_EDITOR")).toContainText("+ catalog:edit");
  await page.getByRole("button", { name: "Commit" }).click();
  const dialog = page.getByRole("dialog", { name: "Please confirm" });
  await expect(dialog).toContainText("1 role makes everyone who has it an administrator.");
  await looksRight(page, "file-objects-guard");
  await dialog.getByRole("textbox").fill("1");
  await dialog.getByRole("button", { name: "Commit it" }).click();
  await expect(page.getByText("roles created: 2, changed: 0.")).toBeVisible();

  await choose(page, csv("fewer.csv", ["role,permissions", "ROLE_EDITOR,catalog:read", "ROLE_ADMINISTRATOR,"]));
  await reviewFile(page);
  await expect(row(page, "ROLE_EDITOR").locator(".lost")).toHaveText("− catalog:edit");
  await expect(row(page, "ROLE_ADMINISTRATOR")).toContainText("never changed by a file");
  await expect(page.getByLabel("What will happen")).toContainText("1 role loses permissions.");
  await looksRight(page, "file-objects-roles");
  await page.getByRole("button", { name: "Commit" }).click();
  const number = dialog.getByRole("textbox");
  await number.or(page.getByText("roles created: 0, changed: 1.")).waitFor();
  if (await number.isVisible()) {
    await number.fill("1");
    await dialog.getByRole("button", { name: "Commit it" }).click();
  }
  await expect(page.getByText("roles created: 0, changed: 1.")).toBeVisible();
  await page.getByRole("link", { name: "See the job" }).click();
  await expect(report(page).getByRole("rowheader")).toHaveText(["ROLE_EDITOR"]);
  await expect(report(page).locator(".before")).toHaveText("catalog:edit");
  await looksRight(page, "job-roles");
  // The page of the server says the same.
  await page.reload();
  await expect(report(page).getByRole("rowheader")).toHaveText(["ROLE_EDITOR"]);
  await open(page, "/jobs");
  await expect(row1(page)).toContainText("Roles · Job ");
  await looksRight(page, "jobs-objects");
});

test("a matrix has a column for each permission", async ({ signedIn: page }) => {
  await choose(page, csv("matrix.csv", ["role,catalog:read,catalog:edit", "ROLE_EDITOR,x,x", "ROLE_READER,x,", "ROLE_ODD,x,perhaps"]));
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByLabel("What catalog:read becomes").locator("option:checked")).toHaveText("Permission catalog:read, with a mark");
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(row(page, "ROLE_READER")).toContainText("+ catalog:read");
  await expect(row(page, "ROLE_ODD")).toContainText("The cell in catalog:edit cannot be read");
  await tile(page, "Update", 1).click();
  await expect(table(page).getByRole("rowheader")).toHaveText(["ROLE_EDITOR"]);
});

test("files dropped together come in the order roles, groups, users", async ({ signedIn: page }) => {
  const users = csv("people.csv", ["username,email,groups,roles", "zoe,zoe@example.org,north,ROLE_NORTH"]);
  const groups = csv("teams.csv", ["name,label", "north,North"]);
  const roles = csv("rights.csv", ["role,label,permissions", "ROLE_NORTH,North,north:read"]);
  await open(page, "/users");
  await dropAll(page, [users, groups, roles]);
  await expect(page.getByText("rights.csv is in hand.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Then come teams.csv (Groups), people.csv (Users).")).toBeVisible();
  await expect(page.getByRole("region", { name: "The first rows" })).toContainText("ROLE_NORTH");
  await looksRight(page, "file-objects-queue");
  await reviewFile(page);
  await page.getByRole("button", { name: "Commit" }).click();
  await expect(page.getByText("teams.csv is in hand.")).toBeVisible();
  await expect(page.getByText("roles created: 1, changed: 0.")).toBeVisible();
  await expect(page.getByRole("region", { name: "The first rows" })).toContainText("north");
  await reviewFile(page);
  await page.getByRole("button", { name: "Commit" }).click();
  await expect(page.getByText("groups created: 1, changed: 0.")).toBeVisible();
  await expect(page.getByRole("region", { name: "The first rows" })).toContainText("zoe");
  await expect(page.getByText("in hand")).toHaveCount(0);
  await reviewFile(page);
  await expect(tile(page, "Create", 1)).toBeVisible();
  await commit(page);
  await expect(page.getByText("The row was applied")).toBeVisible();
});

test("one of several files can be left out", async ({ signedIn: page }) => {
  await open(page, "/import/file");
  await dropAll(page, [csv("a.csv", ["name,label", "west,West"]), csv("b.csv", ["role,label", "ROLE_WEST,West"])]);
  await page.getByRole("button", { name: "Leave b.csv out and go on" }).click();
  await expect(page.getByRole("region", { name: "The first rows" })).toContainText("west");
  await expect(page.getByText("in hand")).toHaveCount(0);
});

test("what is exported comes back with nothing to do", async ({ signedIn: page }) => {
  for (const path of ["/groups", "/roles"]) {
    const file = await download(page, path);
    expect(file.name).toMatch(/^(groups|roles)-\d{4}-\d\d-\d\d\.csv$/);
    await choose(page, file);
    await page.getByRole("link", { name: "On to the columns" }).click();
    await page.getByLabel("labels of existing ones change too").check();
    await page.getByLabel("clears what is stored").check();
    await page.getByRole("button", { name: "See what will change" }).click();
    await expect(page.getByText("There is nothing to do"), path).toBeVisible();
    await expect(tile(page, "Blocked", 0), path).toBeVisible();
  }
});

test("the job of a long file shows a hundred at a time, and other tabs hear of it", async ({ signedIn: page }) => {
  const other = await page.context().newPage();
  await open(other, "/jobs");
  await expect(other.getByText("many.csv")).toHaveCount(0);
  const names = Array.from({ length: 250 }, (_, number) => `team ${number}`);
  await choose(page, csv("many.csv", ["group", ...names]));
  await reviewFile(page);
  await page.getByRole("button", { name: "Commit" }).click();
  await expect(page.getByText("groups created: 250, changed: 0.")).toBeVisible();
  await expect(other.getByText("many.csv")).toBeVisible();
  await other.close();
  await page.getByRole("link", { name: "See the job" }).click();
  const heads = report(page).getByRole("rowheader");
  await expect(heads).toHaveCount(100);
  await page.getByRole("button", { name: "Show 100 more" }).click();
  await expect(heads).toHaveCount(200);
  await page.getByRole("button", { name: "Show 50 more" }).click();
  await expect(heads).toHaveText(names);
  await expect(page.getByRole("button", { name: /^Show \d+ more$/ })).toHaveCount(0);
});

test("a template of each kind can be downloaded", async ({ signedIn: page }) => {
  await open(page, "/import/file");
  await page.getByText("Templates to fill in").click();
  for (const kind of ["Users", "Groups", "Roles"]) {
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name: `Template: ${kind}, CSV`, exact: true }).click();
    expect((await waiting).suggestedFilename()).toMatch(new RegExp(`^${kind.toLowerCase()}-template`));
  }
  await looksRight(page, "file-objects-templates");
});

test("who may not change roles is told so, and sees what would change", async ({ signedIn: page, browser, muster }) => {
  await createUser(page, "manager", "ROLE_USER_MANAGER");
  const oneTime = await giveOneTimePassword(page);
  const context = await browser.newContext({ baseURL: muster.url });
  const theirs = await context.newPage();
  await signInFirst(theirs, "manager", oneTime, "a password of my own");
  await choose(theirs, csv("roles.csv", ["role,label", "ROLE_MINE,Mine"]));
  await reviewFile(theirs);
  await expect(tile(theirs, "Create", 1)).toBeVisible();
  await expect(theirs.getByText("Committing it needs the permission muster:roles")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Commit" })).toBeDisabled();
  await context.close();
});

test("the pages speak German", async ({ signedIn: page }) => {
  await open(page, "/settings");
  await page.getByText("Deutsch", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await open(page, "/import/file");
  await page.locator("#file").setInputFiles(csv("rollen.csv", ["Rolle;Bezeichnung;Berechtigungen", "ROLE_EDITOR;Redaktion;"]));
  await page.getByRole("link", { name: "Weiter zu den Spalten" }).click();
  await expect(page.getByLabel("Diese Zeilen sind")).toHaveValue("roles");
  await looksRight(page, "file-objects-columns-german");
  await page.getByRole("button", { name: "Zeigen, was sich ändert" }).click();
  await expect(page.getByText("Rollen: 0 anlegen, 1 ändern.")).toBeVisible();
  await looksRight(page, "file-objects-review-german");
});
