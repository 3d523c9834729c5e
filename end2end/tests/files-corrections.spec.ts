// What a file's corrections lead to, and what they do not outlive without a question.
import { expect, hydrated, looksRight, open, test } from "../support/muster";
import { tile } from "../support/directory";
import { choose, csv, drop, filesKept, reviewFile } from "../support/files";

test.describe.configure({ mode: "serial" });

test("a correction reaches the panel, the count and the commit", async ({ signedIn: page }) => {
  await choose(page, csv("people.csv", ["username,email,phone", "ann,ann@example.org,1", ",bob@example.org,2", "cy,cy@example.org,3", "admin,,4"]));
  await reviewFile(page);
  const bar = page.getByLabel("What will happen");
  const commit = page.getByRole("button", { name: "Commit", exact: true });
  await page.getByRole("button", { name: "Pick", exact: true }).click();
  await page.locator("#pick-menu").getByRole("checkbox", { name: "Phone", exact: true }).uncheck();
  await page.keyboard.press("Escape");
  await expect(bar).toContainText("Create 2 users");

  await tile(page, "Blocked", 1).click();
  await page.getByRole("grid").getByRole("row").nth(1).getByRole("button", { name: /Details|changes/ }).click();
  const details = page.getByRole("complementary", { name: "Details" });
  const cell = details.getByLabel("username", { exact: true });
  await expect(details).toContainText("The row has no username");
  // The server takes its time, and meanwhile nothing is committed, and the rest is asked for.
  let release = () => {};
  const answers = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/api\/file_snapshot/, async (route) => {
    await answers;
    await route.continue();
  });
  await cell.fill("bob");
  await cell.press("Enter");
  await expect(commit).toBeDisabled();
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download what is not picked" }).click();
  await expect(commit).toBeDisabled();
  release();
  await waiting;
  await expect(tile(page, "Blocked", 0)).toBeVisible();
  await expect(bar).toContainText("Create 3 users");
  await expect(commit).toBeEnabled();
  await expect(details.getByRole("heading", { level: 2 })).toHaveText("bob");
  await expect(details).not.toContainText("The row has no username");
  await expect(details.locator(".details-who")).toContainText("Create");
  await expect(cell).toBeFocused();
  await looksRight(page, "file-corrected");
  await page.getByRole("button", { name: "Undo the last correction" }).click();
  await expect(details).toContainText("The row has no username");
  await expect(bar).toContainText("Create 2 users");
});

test("F2 leads from a row into its cells, and Ctrl+Z back out of what was written", async ({ signedIn: page }) => {
  await choose(page, csv("keys.csv", ["username,email", "kim,kim@example.org", "lea,lea@example.org"]));
  await reviewFile(page);
  await page.getByRole("grid").getByRole("row").nth(2).focus();
  await page.keyboard.press("F2");
  const cell = page.getByRole("complementary", { name: "Details" }).getByLabel("username", { exact: true });
  await expect(cell).toHaveValue("lea");
  await expect(cell).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type("h");
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 cell corrected")).toBeVisible();
  await expect(cell).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(page.getByText("1 cell corrected")).toBeHidden();
  await expect(cell).toHaveValue("lea");
  await expect(cell, "whoever takes it back goes on there").toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("grid").getByRole("row").nth(2)).toBeFocused();
});

test("whoever leaves corrections behind is asked", async ({ signedIn: page }) => {
  await choose(page, csv("kept.csv", ["username;email", "ann;ann@example.org", ";bob@example.org"]));
  await reviewFile(page);
  await tile(page, "Blocked", 1).click();
  await page.getByRole("grid").getByRole("row").nth(1).getByRole("button", { name: /Details|changes/ }).click();
  const cell = page.getByRole("complementary", { name: "Details" }).getByLabel("username", { exact: true });
  await cell.fill("bob");
  await cell.press("Enter");
  await expect(page.getByText("1 cell corrected")).toBeVisible();

  const question = page.getByRole("dialog", { name: "Drop what was corrected?" });
  const stay = question.getByRole("button", { name: "Cancel" });
  await page.getByRole("navigation", { name: "Steps of the import" }).or(page.locator("ol.steps")).getByRole("link", { name: "File" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Import a file" })).toBeVisible();
  await page.getByLabel("Delimiter").selectOption({ label: "Tab" });
  await expect(question).toContainText("1 corrected cell of kept.csv would be lost");
  await looksRight(page, "file-leave");
  await stay.click();
  await expect(page.getByLabel("Delimiter").locator("option:checked")).toHaveText("Semicolon (;)");
  await page.locator("#file").setInputFiles(csv("other.csv", ["username", "zoe"]));
  await stay.click();
  await drop(page, csv("other.csv", ["username", "zoe"]));
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await page.getByRole("button", { name: "Close the file" }).click();
  await stay.click();
  await expect(page.locator(".facts-file")).toContainText("kept.csv");

  await page.getByRole("link", { name: "On to the columns" }).click();
  let asked = 0;
  page.on("dialog", (dialog) => {
    asked += 1;
    void dialog.accept();
  });
  await page.reload();
  expect(asked, "a reload asks").toBe(1);
  await hydrated(page);
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(page.getByText("1 cell corrected")).toBeVisible();

  await page.locator("ol.steps").getByRole("link", { name: "File" }).click();
  await page.getByRole("button", { name: "Close the file" }).click();
  await question.getByRole("button", { name: "Drop the corrections" }).click();
  await expect(page.getByRole("region", { name: "The first rows" })).toBeHidden();
  await page.reload();
  expect(asked, "there is nothing left to ask about").toBe(1);
});

test("a file that is kept over a reload is asked about as well, and what is dropped stays dropped", async ({ signedIn: page }) => {
  const kept = csv("kept.csv", ["username;email", "ann;ann@example.org", "bob;bob@example.org"]);
  page.on("dialog", (dialog) => void dialog.accept());
  await choose(page, kept);
  await reviewFile(page);
  await page.getByRole("button", { name: "Find and replace" }).click();
  const replace = page.getByRole("dialog", { name: "Find and replace" });
  await replace.getByLabel("Find").fill("bob");
  await replace.getByLabel("Replace with").fill("rob");
  await replace.getByRole("button", { name: "Replace all" }).click();
  await expect(page.getByText("1 cell corrected")).toBeVisible();
  await expect.poll(() => filesKept(page)).toBe(1);

  // Another page, loaded anew: no page has opened the file again.
  await open(page, "/users");
  const question = page.getByRole("dialog", { name: "Drop what was corrected?" });
  await drop(page, csv("other.csv", ["username", "zoe"]));
  await expect(question).toContainText("1 corrected cell of kept.csv would be lost");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator(".facts-file")).toContainText("kept.csv");

  await page.locator("#file").setInputFiles(kept);
  await question.getByRole("button", { name: "Drop the corrections" }).click();
  await expect(question).toBeHidden();
  await expect(page.getByRole("region", { name: "The first rows" })).toBeVisible();
  await reviewFile(page);
  await expect(page.getByRole("grid")).toContainText("bob");
  await expect(page.getByText("1 cell corrected")).toBeHidden();
});

test("another reading is not left without a way back, and leaves nobody out", async ({ signedIn: page }) => {
  const people = ["Staff;", "username;email", ...[..."abcdef"].map((name) => `${name};${name}@example.org`)];
  await choose(page, csv("titled.csv", people));
  await reviewFile(page);
  await page.getByRole("checkbox", { name: "Pick c", exact: true }).uncheck();
  await expect(page.getByLabel("What will happen")).toContainText("Create 5 users");
  await page.locator("ol.steps").getByRole("link", { name: "File" }).click();
  await page.getByLabel("Column names").selectOption({ label: "In row 8" });
  await expect(page.getByRole("alert")).toContainText("There are no rows");
  await expect(page.getByLabel("Column names")).toHaveValue("8");
  await looksRight(page, "file-no-rows");
  await page.getByLabel("Column names").selectOption({ label: "In row 2" });
  await expect(page.getByRole("region", { name: "The first rows" })).toBeVisible();
  await reviewFile(page);
  await expect(page.getByLabel("What will happen")).toContainText("Create 6 users");
});

test("what is wrong with many rows is told once, and shows them", async ({ signedIn: page }) => {
  const people = [...Array(12).keys()].map((n) => `alike${n},${n < 7 ? "north" : n < 10 ? "south" : n < 11 ? "west" : ""}`);
  await choose(page, csv("alike.csv", ["username,groups", ...people]));
  await reviewFile(page);
  const alike = page.getByRole("region", { name: "The same in several rows" });
  await expect(alike.getByRole("listitem")).toHaveCount(2);
  const north = alike.getByRole("button", { name: /7 × No group is called “north”/ });
  await north.click();
  await expect(page.getByRole("grid").getByRole("row")).toHaveCount(8);
  await expect(north).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("searchbox")).toHaveValue(/“north”/);
  await looksRight(page, "file-alike");
  // All of them at once.
  await page.getByRole("grid").getByRole("row").nth(1).getByRole("button", { name: /Details|changes/ }).click();
  const cell = page.getByRole("complementary", { name: "Details" }).getByLabel("groups", { exact: true });
  await cell.fill("");
  await page.getByRole("button", { name: "Also in 6 other rows with the same value" }).click();
  await expect(alike.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("link", { name: "Show all rows" }).click();
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await expect(tile(page, "Create", 8)).toBeVisible();
});
