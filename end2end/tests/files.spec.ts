// A file from HR: dropped, read in the browser, mapped, corrected, committed.
import { readFileSync } from "node:fs";
import { expect, hydrated, looksRight, open, test } from "../support/muster";
import { commit, tile } from "../support/directory";
import { choose, csv, drop, filesKept, reviewFile } from "../support/files";

test.describe.configure({ mode: "serial" });

const HEAD = "Benutzername;Vorname;Nachname;E-Mail;Abteilung;Aktiv";

test("a dropped file is read in the browser and shown", async ({ signedIn: page }) => {
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await open(page, "/users");
  await drop(page, csv("hr.csv", [HEAD, "anna;Anna;Müller;anna@example.org;R&D;ja", "ben;Ben;Šimek;ben@example.org;Sales;nein"]));
  await expect(page).toHaveURL(/\/import\/file$/);
  const rows = page.getByRole("region", { name: "The first rows" });
  await expect(rows.getByRole("cell", { name: "Müller" })).toBeVisible();
  await expect(page.getByLabel("Delimiter").locator("option:checked")).toHaveText("Semicolon (;)");
  await expect(page.getByLabel("Encoding").locator("option:checked")).toHaveText("UTF-8");
  await expect(page.getByLabel("Column names")).toHaveValue("1");
  await expect(page.getByText("2 rows")).toBeVisible();
  expect(sent.filter((text) => /Müller|anna/.test(text)), "nothing of the file leaves the browser").toEqual([]);
  await looksRight(page, "file");
});

test("columns are assigned by their names, and what they become is shown", async ({ signedIn: page }) => {
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await choose(page, csv("hr.csv", [HEAD, "anna;Anna;Müller;anna@example.org;R&D;ja"]));
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByLabel("What Benutzername becomes")).toHaveValue("username");
  await expect(page.getByLabel("What Nachname becomes")).toHaveValue("last_name");
  await expect(page.getByLabel("What Aktiv becomes")).toHaveValue("enabled");
  await expect(page.locator(".examples")).toContainText("anna@example.org");
  await page.getByLabel("What Benutzername becomes").selectOption("");
  await expect(page.getByText("No column is the username")).toBeVisible();
  await expect(page.getByRole("button", { name: "See what will change" })).toBeDisabled();
  await page.getByRole("button", { name: "Add a value" }).click();
  await page.getByLabel("Text, or names of columns").fill("{Vorname}.{Nachnahme}");
  await page.getByLabel("Text, or names of columns").blur();
  await expect(page.getByLabel("Text, or names of columns")).toHaveAccessibleDescription(/Nachnahme/);
  await looksRight(page, "file-columns-wrong");
  await page.getByLabel("Text, or names of columns").fill("{Vorname}.{Nachname}");
  await page.getByLabel("Text, or names of columns").blur();
  await expect(page.locator(".examples")).toContainText("Anna.Müller");
  // An attribute is called as its column is, unless a person says otherwise.
  await page.getByLabel("What Aktiv becomes").selectOption({ label: "Attribute Aktiv" });
  const name = page.getByLabel("Name of the attribute for Aktiv");
  await name.fill(" at work ");
  await name.blur();
  await expect(page.getByLabel("What Aktiv becomes")).toHaveValue("custom:at work");
  await expect(page.locator(".examples")).toContainText("at work");
  await name.fill(" ");
  await name.blur();
  await expect(name, "nothing can be called nothing").toHaveValue("at work");
  await looksRight(page, "file-columns");
  expect(sent.filter((text) => /Müller|anna@/.test(text)), "the rows are made ready without asking anybody").toEqual([]);
});

test("three cells are corrected, a row and a field left out, and the rest is committed", async ({ signedIn: page }) => {
  const people = [...Array(40).keys()].map((n) => `user${n};First${n};Last${n};user${n}@example.org;Dept;ja`);
  people[3] = ";First3;Last3;user3@example.org;Dept;ja";
  people[5] = "user5;First5;Last5;user5@example.org;Dept;perhaps";
  people[7] = "user6;First7;Last7;user7@example.org;Dept;ja";
  await choose(page, csv("hr.csv", [HEAD, ...people]));
  await reviewFile(page);
  await expect(tile(page, "Create", 38)).toBeVisible();
  await expect(tile(page, "Blocked", 2)).toBeVisible();
  await looksRight(page, "file-review");

  // The missing name.
  await tile(page, "Blocked", 2).click();
  const grid = page.getByRole("grid");
  await grid.getByRole("row").nth(1).getByRole("button", { name: /Details|changes/ }).click();
  const details = page.getByRole("complementary", { name: "Details" });
  await expect(details).toContainText("row 5 of hr.csv");
  await details.getByLabel("Benutzername").fill("user3");
  await details.getByLabel("Benutzername").press("Enter");
  await expect(tile(page, "Blocked", 1)).toBeVisible();
  await expect(page.getByText("1 cell corrected")).toBeVisible();

  // The name that stands twice.
  await grid.getByRole("row").nth(1).getByRole("button", { name: /Details|changes/ }).click();
  await expect(details).toContainText("row 9 of hr.csv");
  await details.getByLabel("Benutzername").fill("user7");
  await details.getByRole("button", { name: "Correct", exact: true }).click();
  await expect(tile(page, "Blocked", 0)).toBeVisible();
  await page.getByRole("button", { name: "Undo the last correction" }).click();
  await expect(tile(page, "Blocked", 1)).toBeVisible();
  await page.getByRole("button", { name: "Find and replace" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Column").selectOption({ label: "E-Mail" });
  await dialog.getByLabel("Find").fill("example.org");
  await dialog.getByLabel("Replace with").fill("example.com");
  await dialog.getByRole("button", { name: "Replace all" }).click();
  await expect(page.getByText("Nothing was replaced")).toBeVisible();
  await page.getByRole("button", { name: "Find and replace" }).click();
  await dialog.getByLabel("Column").selectOption({ label: "E-Mail" });
  await dialog.getByLabel("Find").fill("example.org");
  await dialog.getByLabel("Replace with").fill("example.com");
  await dialog.getByLabel("Only cells that are exactly this").uncheck();
  await dialog.getByRole("button", { name: "Replace all" }).click();
  await expect(page.getByText("41 cells corrected")).toBeVisible();

  await tile(page, "All rows").click();
  await page.getByRole("checkbox", { name: "Pick First0 Last0", exact: true }).uncheck();
  await expect(page.getByLabel("What will happen")).toContainText("Create 38 users");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download what is not picked" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("hr-not-imported.csv");
  const rest = readFileSync((await download.path())!, "utf8").replace("\ufeff", "").trimEnd().split("\r\n");
  expect(rest).toHaveLength(3);
  expect(rest[0]).toBe(`${HEAD};reason`);
  expect(rest[1]).toBe("user0;First0;Last0;user0@example.com;Dept;ja;Row 2: Left out in the review.");
  expect(rest[2]).toMatch(/^user6;First7;Last7;user7@example\.com;Dept;ja;"?Row 9: /);
  expect(rest[2]).toContain("Row 8 of the file has the same username.");
  await commit(page);
  await expect(page.getByText("38 rows were applied")).toBeVisible();
  // What was not sent is still to be had, although the job does not know it.
  const [again] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download the 2 rows that were not imported" }).click(),
  ]);
  expect(again.suggestedFilename()).toBe("hr-not-imported.csv");
  expect(readFileSync((await again.path())!, "utf8").replace("\ufeff", "").trimEnd().split("\r\n")).toEqual(rest);
  await looksRight(page, "file-job");
  await open(page, "/users?q=user1%40example.com");
  await expect(page.getByText("user1@example.com").first()).toBeVisible();
});

test("the same file again has nothing to do", async ({ signedIn: page }) => {
  await choose(page, csv("again.csv", ["username,email,department", "user1,user1@example.com,Dept", "user2,user2@example.com,Dept"]));
  await reviewFile(page);
  await expect(page.getByText("There is nothing to do")).toBeVisible();
  await expect(tile(page, "Unchanged", 2)).toBeVisible();
});

test("what cannot be read is named, with what to do", async ({ signedIn: page }) => {
  await open(page, "/import/file");
  const cases: [string, Buffer, RegExp][] = [
    ["old.xls", Buffer.from("d0cf11e0a1b11ae1", "hex"), /packed|Excel|table/],
    ["page.xls", Buffer.from("<html><table><tr><td>a</td></tr></table></html>"), /web page/],
    ["empty.csv", Buffer.from(""), /empty/],
    ["report.pdf", Buffer.from("%PDF-1.7 …"), /PDF/],
    ["cut.xlsx", Buffer.from("PK\u0003\u0004 and no end"), /cannot be read|packed archive/],
  ];
  for (const [name, buffer, words] of cases) {
    await page.locator("#file").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    await expect(page.getByRole("alert"), name).toContainText(words);
  }
});

test("after a reload the file is open as before, with what was decided", async ({ signedIn: page }) => {
  await choose(page, csv("kept.csv", ["name;mail", "zoe;zoe@example.org", ";yan@example.org"]));
  await page.getByRole("link", { name: "On to the columns" }).click();
  await page.getByLabel("What name becomes").selectOption("username");
  await page.reload();
  await expect(page.getByLabel("What name becomes")).toHaveValue("username");
  await page.getByRole("button", { name: "See what will change" }).click();
  await tile(page, "Blocked", 1).click();
  await page.getByRole("grid").getByRole("row").nth(1).getByRole("button", { name: /Details|changes/ }).click();
  const cell = page.getByRole("complementary", { name: "Details" }).getByLabel("name", { exact: true });
  await cell.fill("yan");
  await cell.press("Enter");
  await expect(tile(page, "Create", 2)).toBeVisible();
  await tile(page, "All rows").click();
  await page.getByRole("checkbox", { name: "Pick zoe", exact: true }).uncheck();
  let asked = false;
  page.once("dialog", (dialog) => {
    asked = true;
    void dialog.accept();
  });
  await page.reload();
  expect(asked, "who leaves corrections behind is asked").toBe(true);
  await expect(tile(page, "Create", 2)).toBeVisible();
  await expect(page.getByText("1 cell corrected")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Pick zoe", exact: true })).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Pick yan", exact: true })).toBeChecked();
});

test("a reload while the file is still being read loses nothing", async ({ signedIn: page }) => {
  const people = [...Array(150_000).keys()].map((n) => `user${n};user${n}@example.org`);
  await choose(page, csv("long.csv", ["name;mail", ...people]));
  await page.getByRole("link", { name: "On to the columns" }).click();
  await page.getByLabel("What name becomes").selectOption("username");
  await page.reload();
  await hydrated(page);
  await page.reload();
  await expect(page.getByLabel("What name becomes")).toHaveValue("username", { timeout: 30_000 });
});

test("a file that is closed is not kept, and what was decided about a lost one is", async ({ signedIn: page }) => {
  await choose(page, csv("kept.csv", ["name;mail", "zoe;zoe@example.org"]));
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name!);
  });
  await page.goto("/import/file/columns");
  await expect(page.getByText("No file is open")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Choose a file" }).click();
  await expect(page.getByText(/What you decided about kept.csv is kept/)).toBeVisible();
  await page.locator("#file").setInputFiles(csv("other.csv", ["name;mail", "zoe;zoe@example.org"]));
  await page.getByRole("button", { name: "Close the file" }).click();
  await expect(page.getByRole("region", { name: "The first rows" })).toBeHidden();
  await page.reload();
  await expect(page.getByText("Drop a CSV or Excel file anywhere on the page")).toBeVisible();
  await expect(page.getByRole("region", { name: "The first rows" })).toBeHidden();
});

test("who signs out leaves nothing of a file in the browser", async ({ signedIn: page }) => {
  const kept = async () => ({ files: await filesKept(page), drafts: await page.evaluate(() => sessionStorage.length) });
  await choose(page, csv("left.csv", ["name;mail", "zoe;zoe@example.org"]));
  await expect.poll(kept).toEqual({ files: 1, drafts: 2 });
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await hydrated(page);
  expect(await kept()).toEqual({ files: 0, drafts: 0 });
});
