// Steps that several specs begin with: a directory on the rig's OpenLDAP, a search, a plan.
import { type Locator, type Page } from "@playwright/test";
import { expect, open } from "./muster";
import { servers } from "./rig";

/** Fills the form of a new directory with the rig's OpenLDAP; what is given replaces it. */
export async function fillDirectory(page: Page, changes: Partial<{ name: string; url: string; password: string; security: string }> = {}) {
  const rig = servers();
  await open(page, "/directories/new");
  await page.getByRole("textbox", { name: "Name required", exact: true }).fill(changes.name ?? "Staff directory");
  await page.getByLabel("Addresses").fill(changes.url ?? rig.ldap);
  await page.getByLabel("Protection", { exact: true }).selectOption({ label: changes.security ?? "None" });
  await page.getByLabel("Bind DN").fill(rig.bind_dn);
  await page.getByLabel("Password", { exact: true }).fill(changes.password ?? rig.bind_password);
  await page.getByLabel("Base DNs").fill(rig.base_dn);
}

/** Adds it. */
export async function addDirectory(page: Page, name = "Staff directory") {
  await fillDirectory(page, { name });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
}

/** Searches the first directory, from a page without a search, and waits for the end. */
export async function search(page: Page, query: string) {
  await open(page, "/import");
  await searchAgain(page, query);
}

/** Searches on the page that is open. */
export async function searchAgain(page: Page, query: string) {
  await page.getByRole("searchbox").or(page.getByLabel(/Name, part of a name/)).first().fill(query);
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe(query);
  await expect(page.getByText(/found, and that is everyone who matches|Nobody matches/).first()).toBeVisible({ timeout: 30_000 });
}

/** Ticks everyone who was found. */
export async function tickAll(page: Page) {
  await page.getByRole("button", { name: /^Select all/ }).click();
}

/** Opens the dialog about roles, which somebody must be ticked for, decides in it, and closes it. */
export async function decideRoles(page: Page, decide: (dialog: Locator) => Promise<void>) {
  await page.getByRole("button", { name: /^Roles(:|$)/ }).click();
  const dialog = page.getByRole("dialog", { name: "Roles for those who are imported" });
  await decide(dialog);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
}

/** Plans what is ticked. */
export async function plan(page: Page) {
  await page.getByRole("button", { name: "Review changes" }).click();
  await expect(page).toHaveURL(/\/plans\/\d+/, { timeout: 30_000 });
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Review");
}

/** Ticks everyone found and plans. */
export async function review(page: Page) {
  await tickAll(page);
  await plan(page);
}

/** The tile with this label, and with this count if one is given. */
export function tile(page: Page, label: string, count?: number): Locator {
  const number = count === undefined ? "[\\d,]+" : count.toLocaleString("en-GB");
  return page.getByRole("button", { name: new RegExp(`^${number}\\s*${label}$`) });
}

/** Commits the plan on the page and waits for the job's end. */
export async function commit(page: Page) {
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page).toHaveURL(/\/jobs\/\d+/);
  await expect(page.getByText(/rows? (was|were) applied|Stopped after|Failed after/)).toBeVisible({ timeout: 30_000 });
}
