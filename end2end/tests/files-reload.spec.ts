// What outlives a reload beside the file in hand: the files that come next, what commits left out, and what is looked for.
// It goes when others are chosen, and with its owner.
import { readFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { expect, hydrated, looksRight, open, PASSWORD, signIn, test } from "../support/muster";
import { commit, tile } from "../support/directory";
import { choose, csv, dropAll, filesKept, reviewFile } from "../support/files";
import { changeDepartment, createUser, giveOneTimePassword, signInFirst } from "../support/people";

const users = csv("people.csv", ["username,email", "zoe,zoe@example.org"]);
const groups = csv("teams.csv", ["name,label", "north,North"]);
const roles = csv("rights.csv", ["role,label", "ROLE_NORTH,North"]);
const first = (page: Page) => page.getByRole("region", { name: "The first rows" });

async function reload(page: Page) {
  await page.reload();
  await hydrated(page);
}

/** What this tab keeps of files. */
function kept(page: Page): Promise<string[]> {
  const names = () => Object.keys(sessionStorage).filter((key) => /^muster\.file(\.(sent|done|next))?$/.test(key));
  return page.evaluate(names).then((names) => names.sort());
}

/** Opens three files at once, of which the roles are in hand. */
async function openThree(page: Page) {
  await open(page, "/import/file");
  await dropAll(page, [users, groups, roles]);
  await expect(first(page)).toContainText("ROLE_NORTH");
  await expect.poll(() => filesKept(page)).toBe(3);
}

/** Downloads the row that was not imported. */
async function rest(page: Page): Promise<string> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the 1 row that was not imported" }).click();
  return readFileSync((await (await waiting).path())!, "utf8");
}

test("files that were chosen together come one after the other, whatever is loaded again", async ({ signedIn: page }) => {
  await openThree(page);
  await reload(page);
  await expect(page.getByText("Then come teams.csv (Groups), people.csv (Users).")).toBeVisible();
  await page.getByRole("button", { name: "Leave rights.csv out and go on" }).click();
  await expect(first(page)).toContainText("north");
  await expect.poll(() => filesKept(page), "the one that was left is gone").toBe(2);
  await reload(page);
  await expect(page.getByText("teams.csv is in hand.")).toBeVisible();
  await expect(first(page)).toContainText("north");
  await page.getByRole("button", { name: "Leave teams.csv out and go on" }).click();
  await expect(first(page)).toContainText("zoe");
  await expect(page.getByText("in hand")).toHaveCount(0);
  await expect.poll(() => filesKept(page)).toBe(1);
});

test("those that the browser did not keep are named", async ({ signedIn: page }) => {
  await openThree(page);
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open("muster");
      request.onsuccess = () => resolve(request.result);
    });
    await new Promise<void>((resolve) => {
      const change = database.transaction("files", "readwrite");
      change.objectStore("files").clear();
      change.oncomplete = () => resolve();
    });
    database.close();
  });
  await reload(page);
  await expect(page.getByText("This browser did not keep teams.csv, people.csv over the reload.")).toBeVisible();
  await expect(page.getByText("What you decided about rights.csv is kept.")).toBeVisible();
  await looksRight(page, "file-queue-lost");
  await page.locator("#file").setInputFiles(groups);
  await expect(first(page)).toContainText("north");
  await expect(page.getByText("This browser did not keep")).toBeHidden();
});

test("what commits did and left out is there until other files are chosen", async ({ signedIn: page }) => {
  await choose(page, csv("sides.csv", ["group,label", "east,East", "west,West"]));
  await reviewFile(page);
  await page.getByRole("checkbox", { name: "Pick west", exact: true }).uncheck();
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page.getByText("groups created: 1, changed: 0.")).toBeVisible();
  const before = await rest(page);
  await reload(page);
  await expect(page.getByText("groups created: 1, changed: 0.")).toBeVisible();
  expect(await rest(page)).toBe(before);
  await looksRight(page, "file-done-reloaded");

  await choose(page, csv("staff.csv", ["username,email", "ann,ann@example.org", ",ben@example.org"]));
  await expect.poll(() => kept(page), "the rows of other files are gone").toEqual(["muster.file"]);
  await reviewFile(page);
  await commit(page);
  const ofJob = await rest(page);
  expect(ofJob).toContain("ben@example.org");
  await reload(page);
  expect(await rest(page)).toBe(ofJob);
  await page.getByLabel(/Account: /).first().click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await kept(page)).toEqual([]);
});

test("so it is when users changed meanwhile, and the plan that was reviewed instead was loaded again", async ({ signedIn: page }) => {
  await createUser(page, "carla");
  await createUser(page, "dora");
  await choose(page, csv("instead.csv", ["username,department", "carla,Sales", "dora,Sales", ",Nobody"]));
  await reviewFile(page);
  await expect(tile(page, "Update", 2)).toBeVisible();
  await changeDepartment(page, "carla", "Sales");
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page).toHaveURL(/\/plans\/\d+\?again=file/, { timeout: 30_000 });
  await reload(page);
  await commit(page);
  expect(await rest(page)).toContain("Nobody");
});

test("what is looked for in a file stays in the tab", async ({ signedIn: page }) => {
  await choose(page, csv("words.csv", ["username,email", "erik,erik@example.org", "fritz,fritz@example.org"]));
  await reviewFile(page);
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  const box = page.getByRole("searchbox");
  const grid = page.getByRole("grid");
  await box.fill("erik");
  await expect(grid).not.toContainText("fritz");
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("muster.file"))).toContain('"words":"erik"');
  await tile(page, "Create", 2).click();
  await expect(page).toHaveURL(/show=create/);
  await expect(grid).not.toContainText("fritz");
  await reload(page);
  await expect(box).toHaveValue("erik");
  await expect(grid).toContainText("erik");
  await expect(grid).not.toContainText("fritz");
  expect(addresses.filter((address) => address.includes("erik")), "the server hears nothing of it").toEqual([]);
  expect(page.url()).not.toContain("erik");
  await box.fill("nobody");
  await page.getByRole("link", { name: "Show all rows" }).click();
  await expect(grid).toContainText("fritz");
  await expect(box).toHaveValue("");
});

test("nothing of it is shown to whoever signs in after its owner's session ended", async ({ signedIn: page }) => {
  await createUser(page, "manager", "ROLE_USER_MANAGER");
  const oneTime = await giveOneTimePassword(page);
  await openThree(page);
  await reviewFile(page);
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page.getByText("roles created: 1, changed: 0.")).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, "admin", PASSWORD);
  await open(page, "/import/file");
  await expect(page.getByText("roles created: 1, changed: 0.")).toBeVisible();
  await expect(page.getByText("Then come people.csv (Users).")).toBeVisible();

  await page.context().clearCookies();
  await signInFirst(page, "manager", oneTime, "a password of my own");
  await open(page, "/import/file");
  await expect.poll(() => kept(page)).toEqual([]);
  await expect.poll(() => filesKept(page)).toBe(0);
  for (const text of ["people.csv", "rights.csv", "teams.csv"]) await expect(page.getByText(text)).toHaveCount(0);
});
