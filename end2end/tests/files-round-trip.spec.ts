// What was exported and comes back as it was changes nothing (R20), in every format.
import { readFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { expect, open, test } from "../support/muster";
import { commit, tile } from "../support/directory";
import { choose, csv, drop, reviewFile, type Made } from "../support/files";

test.describe.configure({ mode: "serial" });

const quoted = (cells: string[]) => cells.map((cell) => `"${cell.replace(/"/g, '""')}"`).join(",");

// What begins like a formula stands behind an apostrophe, as in our own files.
const NASTY = [
  ["007", "007@example.org", "00", "0123", "1e5", "+49 30 123", "TRUE", '00,"0,1",""'],
  ["jürgen.šimek", "jürgen@example.org", "Jürgen", "Šimek", "ＪＵ ß ﬁ İ", "", "東京", "é,é"],
  ["o'brien", "", "'", "''quoted'", "it's", "", "'=1+1", "'"],
  ["'=1+1", "a+b@example.org", "'+1", "'-1", "'@SUM(A1)", "'-49", "x;'=1", "'=1,'=2"],
  ['say "hi"', "", '"', '""', "a,b;c|d", "", 'a "b" c', '"a ""b""","c,d"'],
  ["sep=;", "", "ID", "sep=,", "true", "", "<CLEAR", "no,false,0"],
  ["12345678901234567890", "", "1/2", "2026-11-20", "5 %", "", "#N/A", "#REF!"],
];
const HEAD = ["username", "email", "first_name", "last_name", "display_name", "phone", "department", "custom:tags"];

async function exported(page: Page, format: RegExp, layout: RegExp): Promise<Made> {
  await open(page, "/users");
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: layout }).check();
  await dialog.getByRole("radio", { name: format }).check();
  const waiting = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "Download" }).click();
  const file = await waiting;
  return { name: file.suggestedFilename(), mimeType: "application/octet-stream", buffer: readFileSync(await file.path()) };
}

test("people with values that spreadsheets like to change", async ({ signedIn: page }) => {
  await choose(page, csv("nasty.csv", [HEAD.join(","), ...NASTY.map(quoted)]));
  await reviewFile(page);
  await expect(tile(page, "Create", NASTY.length)).toBeVisible();
  await commit(page);
  await expect(page.getByText(`${NASTY.length} rows were applied`)).toBeVisible();
  await open(page, "/users?q=%3D1%2B1");
  await expect(page.getByRole("grid").getByText("=1+1", { exact: true }).first()).toBeVisible();
});

for (const [what, format, layout] of [
  ["our CSV", /^CSV$/, /^Muster$/],
  ["our CSV for Excel", /^CSV for Excel$/, /^Muster$/],
  ["our workbook", /XLSX/, /^Muster$/],
  ["Akeneo's CSV", /^CSV$/, /Akeneo/],
  ["Akeneo's CSV for Excel", /^CSV for Excel$/, /Akeneo/],
  ["a workbook with Akeneo's columns", /XLSX/, /Akeneo/],
] as const) {
  test(`${what} comes back as nothing to do`, async ({ signedIn: page }) => {
    const file = await exported(page, format, layout);
    await drop(page, file);
    await expect(page.getByText(`${NASTY.length + 1} rows`, { exact: true })).toBeVisible();
    await reviewFile(page);
    await expect(page.getByText("There is nothing to do")).toBeVisible();
    await expect(tile(page, "Unchanged", NASTY.length + 1)).toBeVisible();
    await expect(tile(page, "Blocked", 0)).toBeVisible();
  });
}
