// What of a file outlives a reload, what does not outlive its owner's session, and what is kept when something fails or
// is ended in the middle.
import { type Page } from "@playwright/test";
import { expect, hydrated, looksRight, open, PASSWORD, signIn, test } from "../support/muster";
import { tile } from "../support/directory";
import { choose, csv, filesKept, reviewFile } from "../support/files";
import { createUser, giveOneTimePassword, signInFirst } from "../support/people";

/** How many files and drafts of them the browser keeps. */
async function kept(page: Page) {
  const draft = await page.evaluate(() => sessionStorage.getItem("muster.file") !== null);
  return { files: await filesKept(page), draft };
}

test("rows of groups that were left out stay so over a reload", async ({ signedIn: page }) => {
  await choose(page, csv("teams.csv", ["group,label", "east,East", "west,West", "south,South"]));
  await reviewFile(page);
  const box = (name: string) => page.getByRole("checkbox", { name: `Pick ${name}`, exact: true });
  await box("west").uncheck();
  await page.reload();
  await hydrated(page);
  await expect(box("east")).toBeChecked();
  await expect(box("west")).not.toBeChecked();
  await box("south").uncheck();
  await page.reload();
  await hydrated(page);
  await expect(box("west")).not.toBeChecked();
  await expect(box("south")).not.toBeChecked();
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page.getByText("groups created: 1, changed: 0.")).toBeVisible();
});

test("a file is not shown to whoever signs in after its owner's session ended", async ({ signedIn: page }) => {
  await createUser(page, "manager", "ROLE_USER_MANAGER");
  const oneTime = await giveOneTimePassword(page);
  await choose(page, csv("secret.csv", ["name;mail", "zoe;zoe@example.org"]));
  await expect.poll(() => kept(page)).toEqual({ files: 1, draft: true });
  // The same person goes on after signing in again.
  await page.context().clearCookies();
  await signIn(page, "admin", PASSWORD);
  await open(page, "/import/file");
  await expect(page.locator(".facts-file")).toContainText("secret.csv");

  await page.context().clearCookies();
  await signInFirst(page, "manager", oneTime, "a password of my own");
  await open(page, "/import/file");
  await expect.poll(() => kept(page)).toEqual({ files: 0, draft: false });
  await expect(page.getByText("secret.csv")).toBeHidden();
  await expect(page.getByRole("region", { name: "The first rows" })).toBeHidden();
});

test("a plan that the server could not be asked for is tried again", async ({ signedIn: page }) => {
  await choose(page, csv("tried.csv", ["username,email", "zoe,zoe@example.org"]));
  await reviewFile(page);
  await expect(tile(page, "Create", 1)).toBeVisible();
  await page.route(/\/api\/file_snapshot/, (route) => route.abort());
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole("alert")).toContainText("The server was not reached");
  await expect(page.getByText("No file is open")).toBeHidden();
  await page.unroute(/\/api\/file_snapshot/);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(tile(page, "Create", 1)).toBeVisible();
});

test("a file that could not be read again is read by trying again, at the step where a person is", async ({ signedIn: page }) => {
  await choose(page, csv("again.csv", ["name;mail", "zoe;zoe@example.org"]));
  await page.getByRole("link", { name: "On to the columns" }).click();
  await page.getByLabel("What name becomes").selectOption("username");
  await page.route(/\/file-worker\.js/, (route) => route.abort());
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole("alert")).toContainText("Reading ended before it was done");
  await expect(page.getByText("No file is open")).toBeHidden();
  await page.unroute(/\/file-worker\.js/);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByLabel("What name becomes")).toHaveValue("username");
});

test("a worker that died is followed by another one, which reads the file again", async ({ signedIn: page }) => {
  await choose(page, csv("again.csv", ["username,email", "zoe,zoe@example.org", ",yan@example.org"]));
  const dies = () => page.workers()[0]!.evaluate(() => (self as unknown as Worker).postMessage('"Died"'));
  await dies();
  await reviewFile(page);
  await expect(tile(page, "Create", 1)).toBeVisible();
  await tile(page, "Blocked", 1).click();
  await page.getByRole("grid").getByRole("row").nth(1).getByRole("button", { name: /Details|changes/ }).click();
  const cell = page.getByRole("complementary", { name: "Details" }).getByLabel("username", { exact: true });
  await cell.fill("yan");
  await dies();
  await cell.press("Enter");
  await page.getByRole("button", { name: "Try again" }).first().click();
  await expect(tile(page, "Blocked", 1)).toBeVisible();
});

test("what is on its way up cannot be changed, and can be called back", async ({ signedIn: page }) => {
  await choose(page, csv("up.csv", ["username,email", "ann,ann@example.org", "bob,bob@example.org", ",cy@example.org"]));
  await reviewFile(page);
  const pick = page.getByRole("checkbox", { name: "Pick ann", exact: true }).first();
  await page.getByRole("grid").getByRole("row").nth(1).getByRole("button", { name: /Details|changes/ }).click();
  const cell = page.getByRole("complementary", { name: "Details" }).getByLabel("email", { exact: true });
  await cell.fill("ann@other.example");
  await cell.press("Enter");
  await expect(page.getByText("1 cell corrected")).toBeVisible();
  let release = () => {};
  const answers = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/api\/begin_upload/, async (route) => {
    await answers;
    // Whoever asked is gone.
    await route.abort().catch(() => {});
  });
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page.getByRole("button", { name: "Committing…" })).toBeDisabled();
  for (const held of [cell, pick, page.getByRole("button", { name: "Undo the last correction" }), page.getByRole("button", { name: "Find and replace" })]) {
    await expect(held).toBeDisabled();
  }
  await looksRight(page, "file-committing");
  await page.getByLabel("What will happen").getByRole("button", { name: "Cancel" }).click();
  release();
  await page.unroute(/\/api\/begin_upload/);
  await expect(page.getByText("1 cell corrected")).toBeVisible();
  await pick.uncheck();
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page).toHaveURL(/\/jobs\/\d+/, { timeout: 30_000 });
  await expect(page.getByText("The row was applied")).toBeVisible({ timeout: 30_000 });
});

test("a correction is taken back by the keyboard from the cell that was corrected", async ({ signedIn: page }) => {
  await choose(page, csv("keys.csv", ["username,email", "dan,dan@example.org"]));
  await reviewFile(page);
  await page.getByRole("grid").getByRole("row").nth(1).getByRole("button", { name: /Details|changes/ }).click();
  const cell = page.getByRole("complementary", { name: "Details" }).getByLabel("username", { exact: true });
  await cell.fill("dana");
  await cell.press("Enter");
  await expect(page.getByText("1 cell corrected")).toBeVisible();
  await expect(cell).toBeFocused();
  // What is being typed is the browser's to take back.
  await cell.press("End");
  await cell.press("x");
  await cell.press("Control+z");
  await expect(page.getByText("1 cell corrected")).toBeVisible();
  await expect(cell).toHaveValue("dana");
  await cell.press("Control+z");
  await expect(cell).toHaveValue("dan");
  await expect(page.getByText("1 cell corrected")).toBeHidden();
  await expect(cell).toBeFocused();
});

test("what takes too long is cancelled, and the file stays open", async ({ signedIn: page }) => {
  const cancel = page.getByRole("button", { name: "Cancel" }).first();
  const slow = async (address: RegExp, during: () => Promise<void>) => {
    let release = () => {};
    const answers = new Promise<void>((resolve) => (release = resolve));
    await page.route(address, async (route) => {
      await answers;
      // Whoever asked may be gone.
      await route.abort().catch(() => {});
    });
    await during();
    release();
    await page.unroute(address);
  };
  await choose(page, csv("slow.csv", ["username,mail", "eve,eve@example.org", ",fay@example.org"]));
  await page.getByRole("link", { name: "On to the columns" }).click();
  await page.getByLabel("What mail becomes").selectOption("email");
  await slow(/\/api\/file_snapshot/, async () => {
    await page.getByRole("button", { name: "See what will change" }).click();
    await cancel.click();
    await expect(page.getByLabel("What mail becomes")).toHaveValue("email");
  });
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(page).toHaveURL(/\/import\/file\/review/);

  const correct = async (text: string) => {
    const row = page.getByRole("grid").getByRole("row").filter({ hasText: "The row has no username" });
    await row.getByRole("button", { name: /Details|changes/ }).click();
    const cell = page.getByRole("complementary", { name: "Details" }).getByLabel("username", { exact: true });
    await cell.fill(text);
    await cell.press("Enter");
  };
  await slow(/\/api\/file_snapshot/, async () => {
    await correct("fay");
    await cancel.click();
    // It is planned again, and that takes as long.
    await cancel.click();
    await expect(page.getByRole("button", { name: "See what will change" })).toBeVisible();
  });
  await page.getByRole("button", { name: "See what will change" }).click();
  await correct("fay");
  await expect(tile(page, "Create", 2)).toBeVisible();
  await expect(page.getByText("1 cell corrected")).toBeVisible();

  page.on("dialog", (dialog) => void dialog.accept());
  await slow(/\/file-worker\.js/, async () => {
    await page.reload();
    await hydrated(page);
    await cancel.click();
    await expect(page.getByText("Reading was cancelled")).toBeVisible();
    await looksRight(page, "file-cancelled");
  });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(tile(page, "Create", 2)).toBeVisible();
  await expect(page.getByText("1 cell corrected")).toBeVisible();
});

test("the example is made of whole cells", async ({ signedIn: page }) => {
  const long = [...Array(12).keys()].map((n) => `attribute value ${n}`).join(",");
  await choose(page, csv("long.csv", ["username,groups", `gus,"${long}"`]));
  await page.getByRole("link", { name: "On to the columns" }).click();
  const example = page.getByRole("region", { name: "What the first rows become" });
  await expect(example).toContainText("attribute value 11");
  await expect(example).not.toContainText("…");
});

test("what the browser has no room for is told, and nothing older comes back in its place", async ({ signedIn: page }) => {
  await choose(page, csv("full.csv", ["username,email", "hal,hal@example.org", ",ida@example.org"]));
  await reviewFile(page);
  const box = page.getByRole("checkbox", { name: "Pick hal", exact: true });
  await box.uncheck();
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("muster.file"))).toContain('"rows":[0]');
  await page.evaluate(() => {
    let text = "x".repeat(1 << 20);
    for (let part = 0; text.length > 0; part += 1) {
      try {
        sessionStorage.setItem(`full ${part}`, text);
      } catch {
        text = text.slice(0, text.length / 2);
      }
    }
  });
  await tile(page, "Blocked", 1).click();
  await page.getByRole("grid").getByRole("row").nth(1).getByRole("button", { name: /Details|changes/ }).click();
  const cell = page.getByRole("complementary", { name: "Details" }).getByLabel("username", { exact: true });
  await cell.fill("ida");
  await cell.press("Enter");
  await expect(page.getByText("This browser has no room to keep what you decide about the file.")).toHaveCount(1);
  expect(await page.evaluate(() => sessionStorage.getItem("muster.file"))).toBeNull();
});
