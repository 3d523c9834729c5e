// The search: what is found, with its state; what a hostile text and a directory in trouble do.
import { expect, looksRight, open, test } from "../support/muster";
import { addDirectory, commit, decideRoles, plan, search, searchAgain, tickAll, tile } from "../support/directory";
import { row } from "../support/keyboard";
import { createUser } from "../support/people";
import { servers } from "../support/rig";

test.describe.configure({ mode: "serial" });

test("without a directory there is no import", async ({ signedIn: page }) => {
  await open(page, "/import");
  await expect(page.getByText("No directory yet")).toBeVisible();
  await open(page, "/users");
  await expect(page.getByRole("main").getByRole("link", { name: "Import", exact: true })).toHaveCount(0);
});

test("everyone is found, beyond any limit of 1000", async ({ signedIn: page }) => {
  await addDirectory(page);
  await search(page, "*");
  await expect(page.getByText(/5,?000 found, and that is everyone who matches/)).toBeVisible();
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", /500[01]/);
  await looksRight(page, "import");
});

test("the address holds the search", async ({ signedIn: page }) => {
  await search(page, "(uid=user000012*)");
  await expect(page).toHaveURL(/q=%28uid/);
  await expect(page.getByText(/^10 found, and/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/^10 found, and/)).toBeVisible();
});

test("a filter that does not parse shows where", async ({ signedIn: page }) => {
  await open(page, "/import");
  await page.getByLabel(/Name, part of a name/).fill("(&(uid=a)(cn=b)");
  await expect(page.getByText(/At character 16/)).toBeVisible();
  // The same error in another text: the excerpt is of what stands there now.
  await expect(page.locator(".filter-problem code")).toContainText("(&(uid=a)(cn=b)");
  await page.getByLabel(/Name, part of a name/).fill("(&(uid=c)(sn=d)");
  await expect(page.locator(".filter-problem code")).toContainText("(&(uid=c)(sn=d)");
});

test("hostile texts are only texts", async ({ signedIn: page }) => {
  for (const text of ["*)(uid=*", "\\2a)(objectClass=*", "'; drop table users; --", "<img src=x onerror=alert(1)>"]) {
    await search(page, text);
    await expect(page.getByText("Nobody matches")).toBeVisible();
  }
  await open(page, "/import");
  await page.getByLabel(/Name, part of a name/).fill(`${"(!".repeat(10_000)}(a=b)${")".repeat(10_000)}`);
  await expect(page.getByText(/At character/)).toBeVisible();
});

test("attributes are there on demand", async ({ signedIn: page }) => {
  await search(page, "user0000123");
  await page.getByRole("button", { name: /^Attributes of/ }).first().click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("uid=user0000123,ou=people", { exact: false }).first()).toBeVisible();
  await expect(dialog.getByText("entryUUID", { exact: false })).toBeVisible();
});

test("what is ticked, linked and decided outlives a reload, before anything is planned", async ({ signedIn: page }) => {
  await createUser(page, "user0000250");
  await search(page, "(uid=user000025*)");
  await expect(page).not.toHaveURL(/ticked/);
  const link = row(page, 1).getByRole("checkbox", { name: /^Link / });
  await link.check();
  await expect(page).toHaveURL(/ticked=1/);
  // The address changed, and the keyboard stays where it is.
  await expect(link).toBeFocused();
  for (const number of [3, 5]) await row(page, number).getByRole("checkbox", { name: /^Tick / }).check();
  await decideRoles(page, (dialog) => dialog.getByRole("checkbox", { name: "ROLE_AUDITOR" }).check());

  await page.reload();
  await expect(page.getByText("3 people ticked")).toBeVisible();
  await expect(link).toBeChecked();
  await expect(row(page, 5).getByRole("checkbox", { name: /^Tick / })).toBeChecked();
  await expect(page.getByRole("button", { name: "Roles: 1 chosen" })).toBeVisible();
  await tile(page, "New").click();
  await row(page, 3).getByRole("checkbox", { name: /^Tick / }).check();
  await page.reload();
  await expect(page).toHaveURL(/show=new/);
  await expect(page.getByText("4 people ticked")).toBeVisible();
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await page.reload();
  await expect(page.getByText(/^10 found, and/)).toBeVisible();
  await expect(page.getByText("Nobody is ticked")).toBeVisible();

  await tile(page, "All").click();
  await tickAll(page);
  await page.reload();
  await expect(page.getByText("9 people ticked")).toBeVisible();
  // The same search from elsewhere begins with nobody.
  await search(page, "(uid=user000025*)");
  await expect(page.getByText("Nobody is ticked")).toBeVisible();
});

test("a browser without room for what is ticked says so", async ({ signedIn: page }) => {
  await search(page, "(uid=user000025*)");
  await page.evaluate(() => {
    for (let size = 1 << 20, number = 0; size > 0; number += 1) {
      try {
        sessionStorage.setItem(`filler${number}`, "x".repeat(size));
      } catch {
        size >>= 1;
      }
    }
  });
  await row(page, 3).getByRole("checkbox", { name: /^Tick / }).check();
  const notice = page.getByText("This browser has no room left", { exact: false });
  await expect(notice).toBeVisible();
  await looksRight(page, "import-no-room");
  await page.evaluate(() => sessionStorage.clear());
  await row(page, 4).getByRole("checkbox", { name: /^Tick / }).check();
  await expect(notice).toBeHidden();
});

test("who was ticked stays ticked when another search is made", async ({ signedIn: page }) => {
  const tick = (number: number) => row(page, number).getByRole("checkbox", { name: /^Tick / });
  await search(page, "(uid=user000026*)");
  await tick(1).check();
  await tick(2).check();
  await searchAgain(page, "(uid=user000027*)");
  await expect(page.getByText("2 people ticked, 2 of them from earlier searches")).toBeVisible();
  await tick(1).check();
  await page.reload();
  await expect(page.getByText("3 people ticked, 2 of them from earlier searches")).toBeVisible();
  await looksRight(page, "import-earlier");
  // A search that finds them shows them ticked; so does the way back.
  await page.goBack();
  await expect(page).toHaveURL(/user000026/);
  await expect(page.getByText("3 people ticked, 1 of them from earlier searches")).toBeVisible();
  await expect(tick(2)).toBeChecked();
  await page.goForward();
  await expect(page.getByText("3 people ticked, 2 of them from earlier searches")).toBeVisible();

  await plan(page);
  await expect(page.getByText("with 2 people from earlier searches", { exact: false })).toBeVisible();
  await expect(page.getByText("Create 3 users", { exact: false })).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: "Untick those 2" }).click();
  await expect(page.getByText("1 person ticked", { exact: true })).toBeVisible();
  await searchAgain(page, "no one is called so");
  await expect(page.getByText("1 person ticked, from an earlier search")).toBeVisible();
});

test("all that match are only meant of their own search, and it is said when they end", async ({ signedIn: page }) => {
  const ended = page.getByText("What was selected in the search before is not selected any more", { exact: false });
  await search(page, "(uid=user000028*)");
  await row(page, 1).getByRole("checkbox", { name: /^Tick / }).check();
  await searchAgain(page, "(uid=user000027*)");
  await tickAll(page);
  await expect(page.getByText("11 people ticked, 1 of them from earlier searches")).toBeVisible();
  // The same search once more is the same one.
  await searchAgain(page, "(uid=user000027*)");
  await expect(page.getByText("11 people ticked, 1 of them from earlier searches")).toBeVisible();
  await plan(page);
  await expect(page.getByText("Create 11 users", { exact: false })).toBeVisible();
  await page.goBack();
  await expect(page.getByText("11 people ticked, 1 of them from earlier searches")).toBeVisible();
  await searchAgain(page, "no one is called so");
  await expect(ended).toBeVisible();
  await expect(page.getByText("1 person ticked, from an earlier search")).toBeVisible();
  await looksRight(page, "import-ended");
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await expect(ended).toBeHidden();
});

test("states are counted and filter; a taken name is linked by choice only", async ({ signedIn: page }) => {
  await createUser(page, "user0000150");
  await search(page, "(uid=user00001*)");
  const grid = page.getByRole("grid");
  await expect(tile(page, "All", 100)).toHaveAttribute("aria-pressed", "true");
  await expect(tile(page, "New", 99)).toBeVisible();

  await tile(page, "Cannot be imported", 1).click();
  await expect(page).toHaveURL(/show=blocked/);
  await expect(grid).toHaveAttribute("aria-rowcount", "2");
  await expect(row(page, 1)).toContainText("Cannot be imported: an internal user with this name exists");
  await expect(row(page, 1).getByRole("checkbox", { name: /^Tick / })).toBeDisabled();
  await row(page, 1).getByRole("checkbox", { name: /^Link .* to the internal user of the same name$/ }).check();
  await expect(row(page, 1)).toContainText("Will be linked");
  await expect(page.getByText("1 person ticked")).toBeVisible();

  await tile(page, "New").click();
  await expect(page).toHaveURL(/show=new/);
  await expect(grid).toHaveAttribute("aria-rowcount", "100");
  await looksRight(page, "import-state");
  await page.getByRole("button", { name: "Select all 99 in this state" }).click();
  await expect(page.getByText("100 people ticked")).toBeVisible();
  await tile(page, "All").click();
  await expect(page).not.toHaveURL(/show=/);
  await expect(grid).toHaveAttribute("aria-rowcount", "101");
  await plan(page);
  await expect(page.getByText("Create 99 users, update 1", { exact: false })).toBeVisible();
});

test("roles are given to those who are ticked, and both outlive the way to the review and back", async ({ signedIn: page }) => {
  await search(page, "(uid=user000012*)");
  await expect(page.getByRole("button", { name: "Roles", exact: true })).toBeDisabled();
  await tickAll(page);
  await decideRoles(page, async (dialog) => {
    await expect(dialog.getByRole("checkbox", { name: "ROLE_ADMINISTRATOR" })).toBeVisible();
    await looksRight(page, "import-roles");
    await dialog.getByRole("checkbox", { name: "ROLE_AUDITOR" }).check();
  });
  await plan(page);
  await expect(page.getByText("+ ROLE_AUDITOR")).toHaveCount(10);
  await page.goBack();
  await expect(page.getByText("10 people ticked")).toBeVisible();
  await expect(page.getByRole("button", { name: "Roles: 1 chosen" })).toBeVisible();
  await plan(page);
  await page.getByRole("link", { name: "Back to the search" }).click();
  await expect(page.getByText("10 people ticked")).toBeVisible();
  await plan(page);
  await commit(page);
  await open(page, "/users?role=ROLE_AUDITOR");
  await expect(page.getByText(/^10 users$/)).toBeVisible();
});

test("a role is given within scopes, shown as it is, and changed by hand", async ({ signedIn: page }) => {
  await search(page, "(uid=user0000161)");
  await tickAll(page);
  await decideRoles(page, async (dialog) => {
    const scope = dialog.getByRole("textbox", { name: "Scope of Auditor" });
    await expect(scope).toBeHidden();
    await dialog.getByRole("checkbox", { name: "ROLE_AUDITOR" }).check();
    await scope.fill("Germany,  Île-de-France");
    await scope.blur();
    await expect(scope).toHaveValue("Germany, Île-de-France");
    await looksRight(page, "import-roles-scopes");
  });
  await plan(page);
  await expect(page.getByText("+ ROLE_AUDITOR@Germany")).toBeVisible();
  await expect(page.getByText("+ ROLE_AUDITOR@Île-de-France")).toBeVisible();
  await commit(page);
  await open(page, "/users?q=user0000161");
  await expect(page.getByText("AUDITOR@Germany, AUDITOR@Île-de-France")).toBeVisible();
  await page.getByRole("grid").getByRole("link").first().click();
  const scope = page.getByRole("textbox", { name: "Scope of Auditor" });
  await expect(scope).toHaveValue("Germany, Île-de-France");
  await scope.fill("*, Germany");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("ins").filter({ hasText: "+ ROLE_AUDITOR" }).first()).toHaveText("+ ROLE_AUDITOR");
  await expect(page.locator("del").filter({ hasText: "ROLE_AUDITOR@Île-de-France" })).toBeVisible();
  await page.reload();
  await expect(scope).toHaveValue("*, Germany");
  await looksRight(page, "user-scopes");
});

test("roles are copied from another user", async ({ signedIn: page }) => {
  await search(page, "(uid=user000013*)");
  await tickAll(page);
  await decideRoles(page, async (dialog) => {
    await dialog.getByLabel("Type part of a name").fill("user0000120");
    await dialog.getByRole("button", { name: "Find", exact: true }).click();
    await dialog.getByRole("button", { name: /^Copy from / }).click();
    await expect(dialog.getByText(/^Roles are copied from .*: ROLE_AUDITOR/)).toBeVisible();
  });
  await plan(page);
  await expect(page.getByText("+ ROLE_AUDITOR")).toHaveCount(10);
  await commit(page);
  await open(page, "/users?role=ROLE_AUDITOR");
  await expect(page.getByText(/^21 users$/)).toBeVisible();
});

test("a role that makes administrators asks for their number", async ({ signedIn: page }) => {
  await search(page, "user0000149");
  await tickAll(page);
  await decideRoles(page, (dialog) => dialog.getByRole("checkbox", { name: "ROLE_ADMINISTRATOR" }).check());
  await plan(page);
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  const question = page.getByRole("dialog", { name: "Please confirm" });
  await expect(question).toContainText("1 user becomes an administrator (ROLE_ADMINISTRATOR).");
  await question.getByRole("textbox").fill("2");
  await expect(question.getByRole("button", { name: "Commit it" })).toBeDisabled();
  await question.getByRole("textbox").fill("1");
  await question.getByRole("button", { name: "Commit it" }).click();
  await expect(page.getByText("The row was applied.")).toBeVisible({ timeout: 30_000 });
});

test("a directory that does not answer is named, and cannot be imported", async ({ signedIn: page }) => {
  const pid = Number(servers().slapd_pid);
  process.kill(pid, "SIGSTOP");
  try {
    await open(page, "/import?directory=1&q=*");
    await expect(page.getByText("This result is not complete")).toBeVisible({ timeout: 40_000 });
    await expect(page.getByRole("button", { name: /^Select all/ })).toHaveCount(0);
    await looksRight(page, "import-timed-out");
  } finally {
    process.kill(pid, "SIGCONT");
  }
});
