// `muster demo`: everything can be tried without a directory at hand, and what goes wrong can be switched on.
import { type Page } from "@playwright/test";
import { expect, looksRight, open, test } from "../support/muster";
import { commit, decideRoles, plan, review, search, tickAll } from "../support/directory";

test.use({ musterOptions: { command: "demo", settings: {} } });
test.describe.configure({ mode: "serial" });

const EVERYONE = /1,?200 found, and that is everyone who matches/;

/** Switches to what the demo directory shall do, which is not what it does already. */
async function switchTo(page: Page, failure: string) {
  await open(page, "/demo");
  await page.getByRole("radio", { name: failure }).check();
  await expect(page.getByText("The directory now does this.")).toBeVisible();
}

/** Searches everyone without waiting for the end. */
async function begin(page: Page) {
  await open(page, "/import?directory=1&q=*");
}

test("the directory is there already, with its switches", async ({ signedIn: page }) => {
  await open(page, "/directories");
  await expect(page.getByRole("link", { name: "Edit Demo directory" })).toBeVisible();
  await page.getByRole("link", { name: "Switches of the demo directory" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Demo directory");
  await expect(page.getByRole("radio")).toHaveCount(8);
  await expect(page.getByRole("radio", { name: "Work as it should" })).toBeChecked();
  await looksRight(page, "demo");
  await page.getByRole("link", { name: "Search it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Import from Demo directory");
});

test("everyone is found, reviewed, imported with a role, and found among the users", async ({ signedIn: page }) => {
  await search(page, "*");
  await expect(page.getByText(EVERYONE)).toBeVisible();
  await looksRight(page, "demo-import");
  await tickAll(page);
  await decideRoles(page, (dialog) => dialog.getByRole("checkbox", { name: "ROLE_AUDITOR" }).check());
  await plan(page);
  await expect(page.getByText(/Create 1,?200 users/)).toBeVisible();
  await expect(page.getByText("+ ROLE_AUDITOR").first()).toBeVisible();
  await looksRight(page, "demo-review");
  await commit(page);
  await expect(page.getByText(/All 1,?200 rows were applied\./)).toBeVisible();
  await open(page, "/users?role=ROLE_AUDITOR");
  await expect(page.getByText(/^1,?200 users$/)).toBeVisible();
  await page.getByRole("grid").getByRole("link").first().click();
  await expect(page.getByRole("checkbox", { name: "ROLE_AUDITOR" })).toBeChecked();
  await expect(page.getByRole("link", { name: "Demo directory" })).toBeVisible();
});

test("the same again has nothing to do", async ({ signedIn: page }) => {
  await search(page, "*");
  await review(page);
  await expect(page.getByText("There is nothing to do", { exact: false })).toBeVisible();
});

test("a directory that answers slowly is waited for", async ({ signedIn: page }) => {
  await switchTo(page, "Answer slowly");
  await begin(page);
  await expect(page.getByText(EVERYONE)).toBeVisible({ timeout: 30_000 });
});

const failures = [
  {
    name: "Never answer a search",
    cause: "The directory did not answer in time",
    remedy: "Try again, narrow the search, or raise the time-out",
    arrived: 0,
  },
  {
    name: "Cut every result at 500 entries",
    cause: "The directory cut the result short",
    remedy: "Narrow the search, or have the size limit raised for the bind DN.",
    arrived: 500,
  },
  {
    name: "Break the connection in the middle of a page",
    cause: "The directory broke the connection",
    remedy: "What arrived before is not all: nobody is taken for gone because of it. Try again",
    arrived: 1100,
  },
  {
    name: "Refuse the password",
    cause: "The directory refuses the bind DN or its password",
    remedy: "Enter both again",
    arrived: 0,
  },
  { name: "Send garbage", cause: "What answers there is not LDAP", remedy: "Check the port", arrived: 500 },
];

for (const { name, cause, remedy, arrived } of failures) {
  test(`a directory told to “${name}” is not taken for a complete one`, async ({ signedIn: page }) => {
    await switchTo(page, name);
    await begin(page);
    const notice = page.getByRole("alert").filter({ hasText: "This result is not complete" });
    await expect(notice).toContainText(cause, { timeout: 40_000 });
    await expect(notice).toContainText(remedy);
    await expect(page.getByRole("button", { name: /^Select all/ })).toHaveCount(0);
    if (arrived > 0) {
      await expect(notice).toContainText(new RegExp(`(${arrived}|${arrived.toLocaleString("en-GB")}) people arrived before that`));
      await expect(page.getByRole("checkbox", { name: "Tick everyone shown" })).toBeDisabled();
    } else {
      await expect(page.getByRole("grid")).toBeHidden();
    }
  });
}

test("a search that takes too long is stopped by hand", async ({ signedIn: page }) => {
  await switchTo(page, "Never answer a search");
  await begin(page);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.getByText("You stopped the search: there may be more")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Select all/ })).toHaveCount(0);
});

test("a directory that finds nobody is told from a broken one", async ({ signedIn: page }) => {
  await switchTo(page, "Find nothing");
  await begin(page);
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await expect(page.getByText("Try part of a name", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Select all/ })).toHaveCount(0);
});

test("a failure after the search makes no plan, and after it everything works again", async ({ signedIn: page, context }) => {
  const switches = await context.newPage();
  await switchTo(switches, "Work as it should");
  await search(page, "*");
  await tickAll(page);
  await switchTo(switches, "Break the connection in the middle of a page");
  await page.getByRole("button", { name: "Review changes" }).click();
  await expect(page.getByRole("alert")).toContainText("The directory broke the connection");
  await expect(page).toHaveURL(/\/import/);
  await switchTo(switches, "Work as it should");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page).toHaveURL(/\/plans\/\d+/);
  await expect(page.getByText("There is nothing to do", { exact: false })).toBeVisible();
});
