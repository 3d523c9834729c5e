// A job that is killed, told to end, or stopped in its middle: what was done stays, the rest is not lost, and nothing is
// applied twice. Where exactly the middle is differs from run to run; how it ends does not.
import { readFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { expect, looksRight, open, test } from "../support/muster";
import { addDirectory, commit, decideRoles, plan, review, search, tickAll, tile } from "../support/directory";

test.describe.configure({ mode: "serial", timeout: 240_000 });

const ALL = 5000;
const SOME = ["user0000000", "user0002500", "user0004999"];

/** Commits and waits until the page tells of the first rows. */
async function commitUntilTheMiddle(page: Page) {
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page).toHaveURL(/\/jobs\/\d+/, { timeout: 60_000 });
  const bar = page.getByRole("progressbar", { name: "Progress" });
  const done = async () => Number(await bar.getAttribute("value"));
  await expect.poll(done, { timeout: 60_000 }).toBeGreaterThan(0);
}

/** Every row of the job on the page is done, and no history tells of more jobs than there were. */
async function everythingOnce(page: Page, jobs: number) {
  await expect(page.getByText(/All 5,?000 rows were applied\./)).toBeVisible({ timeout: 90_000 });
  await expect(tile(page, "All rows", ALL)).toBeVisible();
  for (const username of SOME) {
    await open(page, `/users?q=${username}`);
    await page.getByRole("grid").getByRole("link", { name: username }).click();
    const history = page.getByRole("region", { name: "History" });
    await expect(history.getByText("Created", { exact: true })).toHaveCount(1);
    await expect(history.getByRole("link", { name: /^job \d+$/ })).toHaveCount(jobs);
  }
}

/** Ticks everyone and gives them a role, also those who were imported before. */
async function giveToEveryone(page: Page, role: string) {
  await search(page, "*");
  await tickAll(page);
  await decideRoles(page, async (dialog) => {
    await dialog.getByRole("checkbox", { name: role }).check();
    await dialog.getByRole("checkbox", { name: "Also to those already imported" }).check();
  });
  await plan(page);
  await expect(page.getByText(/update 5,?000/)).toBeVisible();
}

test("a server killed in the middle goes on after its start, and so does the page", async ({ signedIn: page, muster }) => {
  await addDirectory(page);
  await search(page, "*");
  await review(page);
  const fullSpeed = muster.slowDown();
  try {
    await commitUntilTheMiddle(page);
    await muster.kill();
  } finally {
    fullSpeed();
  }
  await expect(page.getByText("The connection for live news is broken", { exact: false })).toBeVisible({ timeout: 30_000 });
  await muster.start();
  await expect(page.getByText("The connection for live news is broken", { exact: false })).toHaveCount(0, { timeout: 30_000 });
  await everythingOnce(page, 1);
  await open(page, "/users");
  await expect(page.getByText(/^5,?001 users$/)).toBeVisible();
  await search(page, "*");
  await review(page);
  await expect(page.getByText("There is nothing to do", { exact: false })).toBeVisible();
});

test("a server told to end in the middle finishes the page in hand and goes on later", async ({ signedIn: page, muster }) => {
  await giveToEveryone(page, "ROLE_AUDITOR");
  const fullSpeed = muster.slowDown();
  try {
    await commitUntilTheMiddle(page);
  } finally {
    fullSpeed();
  }
  await muster.stop();
  await muster.start();
  await everythingOnce(page, 2);
  await open(page, "/users?role=ROLE_AUDITOR");
  await expect(page.getByText(/^5,?000 users$/)).toBeVisible();
});

test("a job that was stopped says what it did, row by row, and the rest is planned again", async ({ signedIn: page, muster }) => {
  await giveToEveryone(page, "ROLE_USER_MANAGER");
  const fullSpeed = muster.slowDown();
  try {
    await page.getByRole("button", { name: "Commit", exact: true }).click();
    await page.getByRole("button", { name: "Stop", exact: true }).click({ timeout: 60_000 });
    await expect(page.getByText(/^Stopped after/)).toBeVisible({ timeout: 60_000 });
  } finally {
    fullSpeed();
  }
  const job = page.url();
  const says = await page.getByText(/^Stopped after/).innerText();
  const done = Number(/after ([\d,]+) of/.exec(says)?.[1]?.replace(",", ""));
  expect(done).toBeLessThan(ALL);
  await expect(tile(page, "Not done", ALL - done)).toBeVisible();
  if (done > 0) await expect(tile(page, "Applied", done)).toBeVisible();
  await expect(page.getByRole("button", { name: "Stop", exact: true })).toHaveCount(0);
  await looksRight(page, "job-stopped");

  // What was not done is there as a file, each row with its reason.
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV", exact: true }).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toMatch(/^job-\d+-not-applied-.*\.csv$/);
  const lines = readFileSync(await file.path(), "utf8").trim().split("\r\n");
  expect(lines.length).toBe(ALL - done + 1);
  expect(lines[0]).toBe("username,add_roles,reason");
  expect(lines[1]).toContain("ROLE_USER_MANAGER,The job ended before it came to this row.");

  await tile(page, "Not done").click();
  await expect(page).toHaveURL(/outcome=none/);
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", String(ALL - done + 1));
  await expect(page.getByText("The job ended before it came to this row.").first()).toBeVisible();
  await open(page, "/users?role=ROLE_USER_MANAGER");
  await expect(page.getByText(new RegExp(`^${done.toLocaleString("en-GB")} users?$`))).toBeVisible();

  await open(page, job);
  await page.getByRole("button", { name: /^Plan (this row|these)/ }).click();
  await expect(page).toHaveURL(/\/plans\/\d+\?again=rest/, { timeout: 60_000 });
  await expect(page.getByText("These are the rows that the job did not apply, planned again.")).toBeVisible();
  await commit(page);
  await expect(tile(page, "All rows", ALL - done)).toBeVisible();
  await open(page, "/users?role=ROLE_USER_MANAGER");
  await expect(page.getByText(/^5,?000 users$/)).toBeVisible();
});
