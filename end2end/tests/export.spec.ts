// Taking users and roles out as files: what is downloaded, by whom.
import { readFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { expect, looksRight, open, test } from "../support/muster";
import { createUser, giveOneTimePassword, signInFirst } from "../support/people";

test.describe.configure({ mode: "serial" });

async function download(page: Page) {
  const waiting = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("link", { name: "Download" }).click();
  const file = await waiting;
  const name = file.suggestedFilename();
  const bytes = readFileSync(await file.path());
  await expect(page.getByRole("dialog")).toBeHidden();
  return { name, bytes };
}

test("what the list shows is what is downloaded", async ({ signedIn: page }) => {
  for (const username of ["=HYPERLINK(1)", "anna", "annabel", "bert"]) await createUser(page, username);
  await open(page, "/users?q=anna");
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog", { name: "Export users" });
  await expect(dialog).toContainText("2 users");
  await looksRight(page, "export-users");
  const csv = await download(page);
  expect(csv.name).toMatch(/^users-\d{4}-\d\d-\d\d\.csv$/);
  const lines = csv.bytes.toString("utf8").trim().split("\r\n");
  expect(lines[0]).toMatch(/^username,email,first_name,/);
  expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(["anna", "annabel"]);
  await expect(page).toHaveURL(/\/users\?q=anna$/);
});

test("a workbook, and Akeneo's columns", async ({ signedIn: page }) => {
  await open(page, "/users");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("radio", { name: "Excel (XLSX)" }).check();
  const workbook = await download(page);
  expect(workbook.name).toMatch(/\.xlsx$/);
  expect(workbook.bytes.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("radio", { name: "CSV", exact: true }).check();
  await page.getByRole("radio", { name: "Akeneo" }).check();
  await expect(page.getByRole("dialog")).toContainText("Separated by semicolons");
  const akeneo = (await download(page)).bytes.toString("utf8");
  expect(akeneo).toMatch(/^username;email;avatar;/);
  // A name that is a formula is guarded.
  expect(akeneo).toContain("\r\n\"'=HYPERLINK(1)\";");
});

test("CSV as Excel opens it where the decimal sign is a comma", async ({ signedIn: page }) => {
  await open(page, "/users?q=HYPERLINK");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("radio", { name: "CSV for Excel" }).check();
  await expect(page.getByRole("dialog")).toContainText("Separated by semicolons, with a byte order mark (BOM)");
  await looksRight(page, "export-users-excel");
  const file = await download(page);
  expect(file.name).toMatch(/^users-\d{4}-\d\d-\d\d\.csv$/);
  const text = file.bytes.toString("utf8");
  expect(text).toMatch(/^\ufeffusername;email;first_name;/);
  expect(text).toContain("\r\n\"'=HYPERLINK(1)\";");
  await open(page, "/roles");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("radio", { name: "Matrix" }).check();
  await page.getByRole("radio", { name: "CSV for Excel" }).check();
  await expect(page.getByRole("radio", { name: "In one cell" })).toBeChecked();
  expect((await download(page)).bytes.toString("utf8")).toMatch(/^\ufeffrole;label;permissions;description\r\n/);
});

test("roles are downloaded, and a matrix is a workbook", async ({ signedIn: page }) => {
  await open(page, "/roles");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("radio", { name: "Matrix" }).check();
  await expect(page.getByRole("radio", { name: "Excel (XLSX)" })).toBeChecked();
  await looksRight(page, "export-roles");
  await page.getByRole("radio", { name: "CSV", exact: true }).check();
  await expect(page.getByRole("radio", { name: "In one cell" })).toBeChecked();
  await page.getByRole("radio", { name: "Matrix" }).check();
  expect((await download(page)).name).toMatch(/^roles-.*\.xlsx$/);
});

test("the dialog speaks German", async ({ signedIn: page }) => {
  await open(page, "/settings");
  await page.getByText("Deutsch", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await open(page, "/users");
  await page.getByRole("button", { name: "Exportieren" }).click();
  await expect(page.getByRole("dialog", { name: "Benutzer exportieren" })).toContainText("5 Benutzer");
  await looksRight(page, "export-users-german");
});

test("who may not export sees no button, and is told why at the address", async ({ signedIn: page, browser, muster }) => {
  await createUser(page, "auditor", "ROLE_AUDITOR");
  const oneTime = await giveOneTimePassword(page);
  const context = await browser.newContext({ baseURL: muster.url });
  const theirs = await context.newPage();
  await signInFirst(theirs, "auditor", oneTime, "a password of my own");
  await open(theirs, "/users");
  await expect(theirs.getByRole("grid")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Export" })).toHaveCount(0);
  await theirs.goto("/export/users");
  await expect(theirs.locator("body")).toContainText("muster:export");
  await context.close();
});
