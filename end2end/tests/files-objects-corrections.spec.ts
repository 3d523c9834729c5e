// Files of groups and of roles: cells are corrected in the review, and what is not applied comes back as a file.
import { readFileSync } from "node:fs";
import { type Download, type Locator, type Page } from "@playwright/test";
import { expect, looksRight, test } from "../support/muster";
import { tile } from "../support/directory";
import { choose, csv, reviewFile } from "../support/files";

test.describe.configure({ mode: "serial" });

const table = (page: Page): Locator => page.getByRole("region", { name: "Rows of the plan" });
const row = (page: Page, name: string): Locator =>
  table(page).getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
const details = (page: Page): Locator => page.getByRole("complementary", { name: "Details" });

async function linesOf(download: Download): Promise<string[]> {
  return readFileSync((await download.path())!, "utf8").replace("\ufeff", "").trimEnd().split("\r\n");
}

test("cells of groups are corrected without the server, and what is left out comes back with its reason", async ({ signedIn: page }) => {
  test.setTimeout(120_000);
  const lines = ["Gruppe;Bezeichnung;Beschreibung", "staff;Everyone;Al who work here", "sales;Salse;Al who sell", "press;Salse;", ";Nobody;", "STAFF;Twice;"];
  await choose(page, csv("teams.csv", lines));
  await reviewFile(page);
  await expect(tile(page, "Create", 3)).toBeVisible();
  await expect(tile(page, "Blocked", 2)).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo the last correction" })).toBeDisabled();

  const asked: string[] = [];
  // The part of the next page is loaded meanwhile.
  page.on("request", (request) => request.url().includes("/pkg/") || asked.push(request.url()));
  // The missing name, by the keyboard.
  await table(page).getByRole("button", { name: "Details of row 5" }).press("Enter");
  await expect(details(page).getByRole("heading", { level: 2 })).toBeFocused();
  await details(page).getByLabel("Gruppe").fill("nobody");
  await details(page).getByLabel("Gruppe").press("Enter");
  await expect(tile(page, "Blocked", 1)).toBeVisible();
  await expect(page.getByText("1 cell corrected")).toBeVisible();
  await expect(details(page).getByRole("heading", { level: 2 })).toHaveText("nobody");
  await expect(details(page).getByText("In the file: nothing")).toBeVisible();
  await expect(details(page).getByLabel("Gruppe"), "whoever types goes on").toBeFocused();
  await looksRight(page, "file-objects-cells");
  // Once more the same cell: the file's text is still the one of the file.
  await details(page).getByLabel("Gruppe").fill("nobody at all");
  await details(page).getByRole("button", { name: "Correct", exact: true }).click();
  await expect(row(page, "nobody at all")).toBeVisible();
  await expect(details(page).getByRole("button", { name: "Correct", exact: true })).toHaveCount(0);
  await details(page).getByLabel("Bezeichnung").press("Escape");
  await expect(details(page)).toBeHidden();
  await expect(table(page).getByRole("button", { name: "Details of row 5" })).toBeFocused();

  // Equal cells at once.
  await table(page).getByRole("button", { name: "Details of row 3" }).click();
  await details(page).getByLabel("Bezeichnung").fill("Sales");
  await details(page).getByRole("button", { name: "Also in 1 other row with the same value" }).click();
  await expect(row(page, "press")).toContainText("Label: Sales");
  await expect(row(page, "sales")).toContainText("Label: Sales");
  await details(page).getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("Control+z");
  await expect(row(page, "press")).toContainText("Salse");

  // A part of the cells of a column.
  await page.getByRole("button", { name: "Find and replace" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Column").selectOption({ label: "Beschreibung" });
  await dialog.getByLabel("Find").fill("Al who");
  await dialog.getByLabel("Replace with").fill("All who");
  await dialog.getByLabel("Only cells that are exactly this").uncheck();
  await dialog.getByRole("button", { name: "Replace all" }).click();
  await expect(row(page, "staff")).toContainText("All who work here");
  await expect(page.getByText("3 cells corrected")).toBeVisible();
  expect(asked, "nothing is asked of the server for a correction").toEqual([]);

  // What was left out stays so.
  await row(page, "press").getByRole("checkbox").uncheck();
  await page.getByRole("button", { name: "Undo the last correction" }).click();
  await expect(row(page, "staff")).toContainText("Al who work here");
  await expect(row(page, "press").getByRole("checkbox")).not.toBeChecked();
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download what is not picked" }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe("teams-not-imported.csv");
  const rest = ["Gruppe;Bezeichnung;Beschreibung;reason", "press;Salse;;Row 4: Left out in the review.", "STAFF;Twice;;\"Row 6: Row 2 has the same name. Correct one of them, or leave this one out.\""];
  expect(await linesOf(download)).toEqual(rest);

  await page.getByRole("button", { name: "Commit" }).click();
  await expect(page.getByText("groups created: 3, changed: 0.")).toBeVisible();
  const after = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the 2 rows that were not imported" }).click();
  expect(await linesOf(await after)).toEqual(rest);
  await looksRight(page, "file-objects-rest");
  await page.goto("/groups");
  await expect(page.getByRole("grid").getByText("nobody at all", { exact: true })).toBeVisible();
});

test("a role shows the cells of all its rows, and a corrected code makes it two", async ({ signedIn: page }) => {
  const lines = ["role,label,permissions", "ROLE_EDITOR,Editor,catalog:edit", "ROLE_EDITOR,Editor,catalog:read", "role reader,Reader,catalog:read"];
  await choose(page, csv("rights.csv", lines));
  await reviewFile(page);
  await expect(tile(page, "Create", 1)).toBeVisible();
  await row(page, "ROLE_EDITOR").getByRole("checkbox").uncheck();
  await table(page).getByRole("button", { name: "Details of row 2–3" }).click();
  await expect(details(page).getByRole("region", { name: "Cells of row 2" })).toBeVisible();
  await looksRight(page, "file-objects-cells-of-role");
  const second = details(page).getByRole("region", { name: "Cells of row 3" });
  await second.getByLabel("role").fill("ROLE_WRITER");
  await second.getByLabel("role").press("Enter");
  await expect(tile(page, "Create", 2)).toBeVisible();
  // Both come from rows that were left out.
  await expect(row(page, "ROLE_EDITOR").getByRole("checkbox")).not.toBeChecked();
  await expect(row(page, "ROLE_WRITER").getByRole("checkbox")).not.toBeChecked();
  await table(page).getByRole("button", { name: "Details of row 4" }).click();
  await details(page).getByLabel("role").fill("ROLE_READER");
  await details(page).getByLabel("role").press("Enter");
  await expect(row(page, "ROLE_READER").getByRole("checkbox")).toBeChecked();
  // A reading of the columns again keeps what was corrected.
  await page.getByRole("link", { name: "Columns" }).click();
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(page.getByText("2 cells corrected")).toBeVisible();
  await expect(tile(page, "Create", 3)).toBeVisible();
  await row(page, "ROLE_WRITER").getByRole("checkbox").uncheck();
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  await page.getByRole("button", { name: "Commit" }).click();
  await expect(page.getByText("roles created: 2, changed: 0.")).toBeVisible();
  expect(sent.filter((text) => /WRITER/.test(text)), "only what is picked is sent").toEqual([]);
});
