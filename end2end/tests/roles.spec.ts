// Roles by hand and by file: what they are for.
import { readFileSync } from "node:fs";
import { expect, looksRight, open, test } from "../support/muster";
import { choose, csv, reviewFile } from "../support/files";

test.describe.configure({ mode: "serial" });

test("a role says what it is for, in its form, its history and the list", async ({ signedIn: page }) => {
  await open(page, "/roles/new");
  await page.getByLabel("Code").fill("ROLE_EDITOR");
  await page.getByLabel("Label").fill("Editor");
  await page.getByLabel("Description").fill("x".repeat(2001));
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page.getByRole("alert")).toContainText("Description");
  await page.getByLabel("Description").fill("Who look after the catalogue: texts, pictures, translations.");
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page).toHaveURL(/\/roles\/ROLE_EDITOR$/);
  await expect(page.getByLabel("Description")).toHaveValue("Who look after the catalogue: texts, pictures, translations.");
  await expect(page.locator(".history")).toContainText("Description: Who look after the catalogue");
  await looksRight(page, "role-description");
  await open(page, "/roles");
  await expect(page.getByRole("row").filter({ hasText: "ROLE_EDITOR" })).toContainText("Who look after the catalogue");
  await looksRight(page, "roles-description");
});

test("files of roles bring it, and exports take it along", async ({ signedIn: page }) => {
  const lines = ["Rolle;Bezeichnung;Beschreibung;Berechtigungen", "ROLE_EDITOR;Another;Texts only;", "ROLE_READER;Reader;Who read;catalog:read"];
  await choose(page, csv("roles.csv", lines));
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByLabel("What Beschreibung becomes").locator("option:checked")).toHaveText("Description");
  await expect(page.locator(".examples")).toContainText("Texts only");
  await page.getByRole("button", { name: "See what will change" }).click();
  const row = page.getByRole("region", { name: "Rows of the plan" }).getByRole("row").filter({ hasText: "ROLE_EDITOR" });
  await expect(row.locator(".after")).toHaveText(["Texts only"]);
  await page.getByRole("button", { name: "Commit" }).click();
  await expect(page.getByText("roles created: 1, changed: 1.")).toBeVisible();

  await open(page, "/roles");
  await page.getByRole("button", { name: "Export" }).click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("link", { name: "Download" }).click();
  const text = readFileSync(await (await waiting).path(), "utf8").replace("\ufeff", "");
  expect(text.split("\r\n")[0]).toBe("role,label,permissions,description");
  expect(text).toContain("ROLE_EDITOR,Editor,,Texts only\r\n");
  await choose(page, { name: "back.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await reviewFile(page);
  await expect(page.getByText("There is nothing to do")).toBeVisible();
});
