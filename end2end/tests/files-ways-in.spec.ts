// Getting a file in by pasting it, and reading it otherwise than it was found.
import { type Page } from "@playwright/test";
import { expect, open, test } from "../support/muster";
import { choose, csv } from "../support/files";

async function paste(page: Page, text: string) {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

const firstRows = (page: Page) => page.getByRole("region", { name: "The first rows" });

test("cells of a spreadsheet are pasted", async ({ signedIn: page }) => {
  await open(page, "/import/file");
  await paste(page, "username\temail\nada\tada@example.org\nbob\tbob@example.org\n");
  await expect(page.getByText("2 rows", { exact: true })).toBeVisible();
  await expect(firstRows(page).getByRole("cell", { name: "bob@example.org" })).toBeVisible();
  await expect(page.getByLabel("Delimiter").locator("option:checked")).toHaveText("Tab");
});

test("a word that is pasted is no file", async ({ signedIn: page }) => {
  await open(page, "/import/file");
  await paste(page, "username");
  await paste(page, "");
  await expect(firstRows(page)).toBeHidden();
  await expect(page.getByRole("alert")).toBeHidden();
});

test("encoding and delimiter can be chosen, and chosen back", async ({ signedIn: page }) => {
  await choose(page, csv("people.csv", ["username,last_name", "anna,Müller", "björn,Groß"]));
  const cell = (name: string) => firstRows(page).getByRole("cell", { name, exact: true });
  await expect(cell("Müller")).toBeVisible();
  await page.getByLabel("Encoding").selectOption("Windows-1252");
  await expect(cell("MÃ¼ller")).toBeVisible();
  await page.getByLabel("Encoding").selectOption("UTF-8");
  await expect(cell("Müller")).toBeVisible();
  await page.getByLabel("Delimiter").selectOption("Semicolon (;)");
  await expect(cell("anna,Müller")).toBeVisible();
  await page.getByLabel("Delimiter").selectOption("Comma (,)");
  await expect(cell("Müller")).toBeVisible();
  await page.getByLabel("Column names").selectOption("None");
  await expect(cell("username")).toBeVisible();
  await expect(page.getByText("3 rows", { exact: true })).toBeVisible();
});

test("quotes are what a person says", async ({ signedIn: page }) => {
  await choose(page, csv("people.csv", ["username,last_name", "anna,'Müller, geb. Groß'", "ben,O\"Hara"]));
  const cell = (name: string) => firstRows(page).getByRole("cell", { name, exact: true });
  await page.getByLabel("Around cells").selectOption("Apostrophes (')");
  await expect(cell("Müller, geb. Groß")).toBeVisible();
  await page.getByLabel("Around cells").selectOption("Nothing: quotes are text");
  await expect(cell("'Müller")).toBeVisible();
  await expect(page.getByLabel("Column names").locator("option:checked")).toHaveText("In row 1");
});
