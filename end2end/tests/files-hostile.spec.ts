// Files that want to hurt, and files that are something else: the tab survives, the reason is said, and the next file works.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Page } from "@playwright/test";
import { expect, looksRight, open, test } from "../support/muster";
import { choose, csv, drop, type Made } from "../support/files";
import { archive, parts, row, workbook } from "../support/workbook";

const SHEET = "xl/worksheets/sheet1.xml";
const TEXTS = "xl/sharedStrings.xml";
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const GOOD = row("username", "email") + row("ada", "ada@example.org");

const rows = (page: Page) => page.getByRole("region", { name: "The first rows" });

/** Chooses another file on the page as it is, without waiting for anything. */
async function take(page: Page, file: Made | string) {
  await page.locator("#file").setInputFiles(file);
}

/** A workbook with another sheet, shared texts or anything else. */
function changed(name: string, content: string | Buffer, { rows = GOOD, ...more }: { rows?: string; size?: number; flags?: number } = {}): Made {
  return workbook("bad.xlsx", { rows, more: [{ name, content: Buffer.from(content), ...more }] });
}

/** What an old Office program writes, as far as it says what it is. */
function compound(name: string, stream: string): Made {
  const buffer = Buffer.alloc(1024);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(buffer);
  buffer.write(stream, 512, "utf16le");
  return { name, mimeType: "application/vnd.ms-excel", buffer };
}

/** A file that LibreOffice wrote: they lie beside the tests of the readers, with a word about how they were made. */
function libreOffice(name: string): Made {
  const buffer = readFileSync(join(import.meta.dirname, "../../app/tabular/tests/files", name));
  return { name, mimeType: "application/octet-stream", buffer };
}

function plain(name: string, text: string | Buffer): Made {
  return { name, mimeType: "application/octet-stream", buffer: Buffer.from(text) };
}

const cell = (inner: string) => `<worksheet ${MAIN}><sheetData><row>${inner}</row></sheetData></worksheet>`;
const shared = '<c t="s"><v>0</v></c>';
const laughs = [...Array(9).keys()].map((n) => `<!ENTITY lol${n + 1} "${`&lol${n};`.repeat(10)}">`).join("");
const long = "x".repeat(1 << 20);

const REFUSED: [string, () => Made, RegExp][] = [
  ["a bomb that says so", () => changed(SHEET, cell(""), { size: 4_294_967_294 }), /unpacks to 4,096 MiB, and the limit is 1,024 MiB/],
  ["a bomb that lies", () => changed(SHEET, Buffer.alloc(64 << 20, " "), { size: 100_000 }), /does not unpack to the 100,000 bytes/],
  ["one endless text", () => changed(SHEET, cell(`<c t="inlineStr"><is><t>${"x".repeat(64 << 20)}</t></is></c>`)), /holds a text of more than 1 MiB/],
  [
    "one text in every cell",
    () => workbook("bad.xlsx", { rows: `<row>${shared.repeat(16_384)}</row>`, texts: `<sst ${MAIN}><si><t>${long}</t></si></sst>` }),
    /Row 1 holds texts of more than 16 MiB/,
  ],
  ["rows that are all too wide", () => workbook("bad.xlsx", { rows: '<row><c r="XFD1"><v>1</v></c></row>'.repeat(2_000) }), /more than 20,000,000 cells up to XFD1221/],
  ["a billion laughs", () => changed(SHEET, `<!DOCTYPE lolz [<!ENTITY lol0 "lol">${laughs}]>${cell('<c t="str"><v>&lol9;</v></c>')}`), /sheet1.xml declares a document type/],
  [
    "an external entity",
    () => changed(TEXTS, `<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst ${MAIN}><si><t>&x;</t></si></sst>`, { rows: `<row>${shared}</row>` }),
    /sharedstrings.xml declares a document type/,
  ],
  ["elements without end", () => changed(SHEET, "<a>".repeat(100_000)), /nested deeper than 64 elements/],
  ["two parts of one name", () => archive("bad.xlsx", [...parts({ rows: GOOD }), ...parts({ rows: GOOD })]), /stands twice in the file/],
  ["a part with a password", () => changed(SHEET, cell(""), { flags: 1 }), /protected with a password/],
  ["half of a workbook", () => plain("cut.xlsx", workbook("", { rows: GOOD }).buffer.subarray(0, -100)), /its end is missing/],
  ["a workbook without its middle", () => plain("cut.xlsx", Buffer.concat([workbook("", { rows: GOOD }).buffer.subarray(0, 200), workbook("", { rows: GOOD }).buffer.subarray(-300)])), /damaged/],
  ["a workbook with a password", () => compound("bad.xlsx", "EncryptedPackage"), /protected with a password.*save it without the password/],
  ["an old workbook under a new name", () => compound("bad.xlsx", "Workbook"), /old Excel workbook \(\.xls\).*save it as an Excel workbook/],
  [
    "an OpenDocument sheet under another name",
    () => archive("bad.xlsx", [{ name: "mimetype", content: Buffer.from("application/vnd.oasis.opendocument.spreadsheet"), stored: true }]),
    /OpenDocument spreadsheet \(\.ods\).*save it as an Excel workbook/,
  ],
  ["a binary workbook", () => archive("bad.xlsx", [{ name: "xl/workbook.bin", content: Buffer.from("x") }]), /binary Excel workbook \(\.xlsb\)/],
  ["an archive", () => archive("bad.xlsx", [{ name: "people.csv", content: Buffer.from("x") }]), /packed archive.*Unpack it/],
  ["a PDF under another name", () => plain("bad.csv", "%PDF-1.7\n1 0 obj"), /PDF/],
  ["a picture under another name", () => plain("bad.csv", Buffer.from("89504e470d0a1a0a0000", "hex")), /picture/],
  ["a web page", () => plain("bad.xls", "<html><table><tr><td>a</td></tr></table></html>"), /web page/],
  ["a program", () => plain("bad.csv", Buffer.concat([Buffer.from("7f454c46", "hex"), Buffer.alloc(500, 1)])), /no table of cells/],
  ["nothing but blanks", () => plain("bad.csv", " \r\n \r\n"), /empty/],
  ["more columns than a spreadsheet has", () => csv("bad.csv", [`username,${"x,".repeat(16_384)}`]), /line 1 has more than 16,384 cells\. Check the delimiter/],
  ["a cell without end", () => csv("bad.csv", ["username,email", `ada,${"x".repeat(3 << 20)}`]), /Column 2 of the row in line 2 is longer than 1 MiB/],
];

test("what is damaged or wants to hurt is refused with the reason, and the next file works", async ({ signedIn: page }) => {
  test.setTimeout(240_000);
  await open(page, "/import/file");
  for (const [what, made, words] of REFUSED) {
    await test.step(what, async () => {
      await take(page, made());
      await expect(page.getByRole("alert"), what).toContainText(words, { timeout: 30_000 });
      await take(page, csv("good.csv", ["username;email", "ada;ada@example.org"]));
      await expect(rows(page).getByRole("cell", { name: "ada@example.org" }), `a good file after ${what}`).toBeVisible();
    });
  }
  await take(page, REFUSED[0][1]());
  await expect(page.getByRole("alert")).toBeVisible();
  await looksRight(page, "file-refused");
});

test("a file that is larger than a tab can bear is refused at once", async ({ signedIn: page }) => {
  const folder = mkdtempSync(join(tmpdir(), "muster-file-"));
  const path = join(folder, "huge.csv");
  const file = openSync(path, "w");
  writeSync(file, "username,email\r\nada,ada@example.org\r\n".repeat(3_000));
  closeSync(file);
  // The rest takes no room on the disk.
  truncateSync(path, (512 << 20) + 1);
  await open(page, "/import/file");
  await take(page, path);
  await expect(page.getByRole("alert")).toContainText("The file is larger than 512 MiB. Split it.");
  rmSync(folder, { recursive: true });
});

test("cells at both ends of a sheet, and counts that are made up", async ({ signedIn: page }) => {
  const far = '<row r="1048576"><c r="XFD1048576" t="str"><v>far</v></c></row>';
  await choose(page, workbook("far.xlsx", { rows: row("username") + row("ada") + row("bob") + far }));
  await expect(page.getByText("3 rows", { exact: true })).toBeVisible();
  await expect(rows(page).getByRole("rowheader", { name: "1048576" })).toBeVisible();
  await expect(page.getByText("16,334 more columns are not shown.")).toBeVisible();
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByLabel("What username becomes")).toHaveValue("username");
  await expect(page.getByText("16,184 more columns are not shown.")).toBeVisible();
  await choose(
    page,
    workbook("counts.xlsx", {
      rows: `<row>${shared}</row><row><c t="s"><v>1</v></c></row>`,
      texts: `<sst ${MAIN} count="4294967295" uniqueCount="4294967295"><si><t>username</t></si><si><t>ada</t></si></sst>`,
    }),
  );
  await expect(rows(page).getByRole("cell", { name: "ada" })).toBeVisible();
});

test("as many columns as a spreadsheet has", async ({ signedIn: page }) => {
  const names = ["username", ...[...Array(16_383).keys()].map((n) => `attribute ${n}`)];
  await choose(page, csv("wide.csv", [names.join(","), ["ada", ...Array(16_383).fill("x")].join(",")]));
  await expect(page.getByText("16,334 more columns are not shown.")).toBeVisible();
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Columns to fields" })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("button", { name: "See what will change" })).toBeEnabled();
  await page.getByRole("button", { name: "Show 1,000 more" }).click();
  await expect(page.getByText("15,184 more columns are not shown.")).toBeVisible();
  await page.getByLabel("What attribute 1000 becomes", { exact: true }).selectOption({ label: "Department" });
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(page).toHaveURL(/\/import\/file\/review/, { timeout: 30_000 });
  await page.getByRole("grid").getByRole("row").nth(1).getByRole("button", { name: /Details|changes/ }).click();
  const details = page.getByRole("complementary", { name: "Details" });
  await expect(details.getByLabel("attribute 1000", { exact: true })).toHaveValue("x");
  await expect(details.locator(".cell-line")).toHaveCount(200);
  await details.getByRole("button", { name: "Show 200 more" }).click();
  await expect(details.locator(".cell-line")).toHaveCount(400);
});

test("texts in every encoding are read, and NUL is no part of any", async ({ signedIn: page }) => {
  const text = "username;last_name\r\njürgen;Müller €\r\n";
  const utf16 = Buffer.from(text, "utf16le");
  const windows = Buffer.from(text.replace("€", "\x80"), "latin1");
  const cases: [string, Buffer, string][] = [
    ["UTF-16 with a mark", Buffer.concat([Buffer.from("fffe", "hex"), utf16]), "UTF-16 LE"],
    ["UTF-16 without", utf16, "UTF-16 LE"],
    ["UTF-16 the other way round", Buffer.from(utf16).swap16(), "UTF-16 BE"],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`), "UTF-8"],
    ["Windows-1252", windows, "Windows-1252"],
  ];
  for (const [what, buffer, encoding] of cases) {
    await choose(page, plain(`${what}.csv`, buffer));
    await expect(page.getByLabel("Encoding").locator("option:checked"), what).toHaveText(encoding);
    await expect(rows(page).getByRole("columnheader", { name: "username", exact: true }), what).toBeVisible();
    await expect(rows(page).getByRole("cell", { name: "Müller €", exact: true }), what).toBeVisible();
  }
  await choose(page, plain("nul.csv", "username;last_name\r\nada;Love\0lace\r\n"));
  await expect(rows(page).getByRole("cell", { name: "Love\uFFFDlace" })).toBeVisible();
  await page.getByText("1 remark about the file").click();
  await expect(page.getByText("Row 2, column 2: A NUL character, read as \uFFFD. Remove it.")).toBeVisible();
});

test("what is wrong with a table is pointed at, and its rows are read", async ({ signedIn: page }) => {
  await choose(page, csv("quote.csv", ["username,last_name", 'ada,"Lovelace', "bob,Builder", "carl,C,D", "dora"]));
  await page.getByText("3 remarks about the file").click();
  await expect(page.getByText("Line 2, character 5: this quote is never closed. Close it or remove it.")).toBeVisible();
  await expect(page.getByText("Row 4: Number of cells: 3 instead of 2. Quote values that contain the delimiter.")).toBeVisible();
  await expect(page.getByText("Row 5: Number of cells: 1 instead of 2.")).toBeVisible();
  await expect(page.getByText("4 rows", { exact: true })).toBeVisible();
  await expect(rows(page).getByRole("cell", { name: "Builder" })).toBeVisible();
  await looksRight(page, "file-remarks");

  await choose(page, csv("twice.csv", ["username,email,email", "ada,ada@example.org,ada@example.com"]));
  await expect(page.getByLabel("Column names")).toHaveValue("1");
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByLabel("What email becomes").first()).toHaveValue("email");
  await expect(page.getByLabel("What email becomes").last()).toHaveValue("");

  await choose(page, csv("no-names.csv", ["ada,ada@example.org,+49 30 1", "bob,bob@example.org,+49 30 2"]));
  await expect(page.getByLabel("Column names").locator("option:checked")).toHaveText("None");
  await expect(page.getByText("2 rows", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByText("No column is the username")).toBeVisible();
  await page.getByLabel("What Column 1 becomes").selectOption("username");
  await expect(page.getByRole("button", { name: "See what will change" })).toBeEnabled();
});

test("what is wrong with a file is said in German to whom the page speaks German", async ({ signedIn: page }) => {
  await open(page, "/settings");
  await page.getByText("Deutsch", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await open(page, "/import/file");
  const refused: [() => Made, string][] = [
    [() => changed(SHEET, cell(""), { size: 4_294_967_294 }), "sheet1.xml hat entpackt 4.096 MiB, und möglich sind höchstens 1.024 MiB. Die Datei teilen oder als CSV speichern."],
    [() => plain("cut.xlsx", workbook("", { rows: GOOD }).buffer.subarray(0, -100)), "Die Datei ist unvollständig: Ihr Ende fehlt. Die Datei noch einmal kopieren oder herunterladen."],
    [() => csv("bad.csv", [`username,${"x,".repeat(16_384)}`]), "Der Datensatz in Textzeile 1 hat mehr als 16.384 Zellen. Das Trennzeichen prüfen."],
    [() => compound("bad.xlsx", "EncryptedPackage"), "Die Arbeitsmappe ist mit einem Kennwort geschützt"],
  ];
  for (const [made, words] of refused) {
    await take(page, made());
    await expect(page.getByRole("alert")).toContainText(words);
    await expect(page.locator('main [lang="en"]')).toHaveCount(0);
  }

  await take(page, csv("quote.csv", ["username,last_name", 'ada,"Lovelace', "bob,Builder", "carl,C,D", "dora"]));
  await page.getByText("3 Bemerkungen zur Datei").click();
  await expect(page.getByText("Textzeile 2, Zeichen 5: Dieses Anführungszeichen wird nie geschlossen. Es schließen oder entfernen.")).toBeVisible();
  await expect(page.getByText("Zeile 5: Zahl der Zellen: 1 statt 2. Die fehlenden gelten als leer.")).toBeVisible();
  await take(page, workbook("formula.xlsx", { rows: `${row("username", "email")}<row><c t="str"><v>ada</v></c><c><f>A1</f></c></row>` }));
  await page.getByText("1 Bemerkung zur Datei").click();
  await expect(page.getByText("B2 ist eine Formel ohne Ergebnis. Die Datei in einem Tabellenprogramm öffnen und speichern.")).toBeVisible();
  await looksRight(page, "file-remarks-german");
});

test("what a person typed stays as it was typed", async ({ signedIn: page }) => {
  const typed = ["007", "12345678901234567890", "+49 30 123", "1e5", "TRUE"];
  await choose(page, csv("typed.csv", ["username,a,b,c,d,e", `ada,${typed.join(",")}`]));
  for (const value of typed) await expect(rows(page).getByRole("cell", { name: value, exact: true })).toBeVisible();
  const cells = [
    '<c t="str"><v>007</v></c>',
    '<c s="1"><v>7</v></c>',
    '<c t="str"><v>12345678901234567890</v></c>',
    '<c s="2"><v>46346</v></c>',
    '<c s="3"><v>46346.354166666664</v></c>',
    '<c t="b"><v>1</v></c>',
    '<c t="e"><v>#N/A</v></c>',
    '<c t="str"><f>HYPERLINK("https://example.org")</f><v>=1+1</v></c>',
  ];
  const names = row("username", ..."abcdefg");
  await choose(page, workbook("typed.xlsx", { rows: `${names}<row>${cells.join("")}</row>`, formats: ["00000", "dd/mm/yyyy", "m/d/yy\\ h:mm"] }));
  for (const value of ["007", "00007", "12345678901234567890", "2026-11-20", "2026-11-20T08:30:00", "TRUE", "#N/A", "=1+1"]) {
    await expect(rows(page).getByRole("cell", { name: value, exact: true }), value).toBeVisible();
  }
});

test("what LibreOffice wrote is read as its sheets show it, and what cannot be read is named", async ({ signedIn: page }) => {
  const shown: [string, string[]][] = [
    ["people.xlsx", ["Müller-Lüdenscheidt", "2021-03-04", "1999-12-31T23:45:00", "1904-01-02", "12.5%", "FALSE", "#DIV/0!", "12345678901234567890", "Иванова, 田中"]],
    ["people-1904.xlsx", ["Müller-Lüdenscheidt", "2021-03-04", "1999-12-31T23:45:00", "1904-01-02", "12.5%", "FALSE", "#DIV/0!", "12345678901234567890", "Иванова, 田中"]],
    ["people-utf8.csv", ["Müller-Lüdenscheidt", "04.03.2021", "1999-12-31 23:45", "12.5%", "FALSE", "#DIV/0!", "12345678901234567890", "Иванова, 田中"]],
    ["people-windows.csv", ["Müller-Lüdenscheidt", "04.03.2021", "Œuvré & Søn €", "12.5%", "FALSE", "#DIV/0!", "12345678901234567890"]],
  ];
  await open(page, "/import/file");
  for (const [name, values] of shown) {
    await test.step(name, async () => {
      await drop(page, libreOffice(name));
      await expect(page.getByText(name, { exact: true })).toBeVisible();
      await expect(page.getByText("5 rows", { exact: true })).toBeVisible();
      for (const value of values) await expect(rows(page).getByRole("cell", { name: value, exact: true }), value).toBeVisible();
      // One was typed as a text, the other is a number that the sheet shows so.
      await expect(rows(page).getByRole("cell", { name: "007", exact: true })).toHaveCount(2);
    });
  }

  await drop(page, libreOffice("people.xlsx"));
  await expect(rows(page).getByRole("rowheader", { name: "4 hidden" })).toBeVisible();
  await expect(page.getByText("1 row is hidden in the spreadsheet.")).toBeVisible();
  await expect(page.getByText(/^Merged cells .*: B6:C6$/)).toBeVisible();
  await looksRight(page, "file-libreoffice");
  await page.getByLabel("Sheet").selectOption({ label: "Geheim (hidden)" });
  await expect(rows(page).getByRole("cell", { name: "mallory" })).toBeVisible();

  const refused: [string, RegExp][] = [
    ["password.xlsx", /protected with a password.*save it without the password/],
    ["people.ods", /OpenDocument spreadsheet \(\.ods\).*save it as an Excel workbook/],
    ["people.xls", /old Excel workbook \(\.xls\).*save it as an Excel workbook/],
  ];
  for (const [name, words] of refused) {
    await drop(page, libreOffice(name));
    await expect(page.getByRole("alert"), name).toContainText(words);
  }
});
