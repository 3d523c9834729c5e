// The search: what is found, with its state; what a hostile text and a directory in trouble do.
import { expect, looksRight, open, test } from "../support/muster";
import { addDirectory, search } from "../support/directory";
import { servers } from "../support/rig";

test.describe.configure({ mode: "serial" });

test("without a directory there is no import", async ({ signedIn: page }) => {
  await open(page, "/import");
  await expect(page.getByText("No directory yet")).toBeVisible();
  await open(page, "/users");
  await expect(page.getByRole("main").getByRole("link", { name: "Import" })).toHaveCount(0);
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
  await expect(page.getByText(/10 found/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/10 found/)).toBeVisible();
});

test("a filter that does not parse shows where", async ({ signedIn: page }) => {
  await open(page, "/import");
  await page.getByLabel(/Name, part of a name/).fill("(&(uid=a)(cn=b)");
  await expect(page.getByText(/At character 16/)).toBeVisible();
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
