// Users by hand: create, edit, find, history; roles and settings.
import { commit, fillDirectory, review, search } from "../support/directory";
import { expect, looksRight, open, test } from "../support/muster";
import { changeDepartment, createUser } from "../support/people";

test.describe.configure({ mode: "serial" });

test("an internal user is created and found", async ({ signedIn: page }) => {
  await open(page, "/users/new");
  await looksRight(page, "user-new");
  await page.getByLabel("Username").fill("Jürgen.Müller");
  await page.getByLabel("Display name").fill("Jürgen <script>alert(1)</script> Müller");
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page).toHaveURL(/\/users\/\d+/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Jürgen");
  await open(page, "/users?q=J%C3%9CRGEN");
  await expect(page.getByText("Jürgen.Müller").first()).toBeVisible();
});

test("the list has room for an address, roles and any time, and what it cuts can be read", async ({ signedIn: page }) => {
  const email = "maximiliane.von-der-heide@sales.example.org";
  await open(page, "/users/new");
  await page.getByLabel("Username").fill("maximiliane");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("checkbox", { name: "ROLE_AUDITOR" }).check();
  await page.getByRole("checkbox", { name: "ROLE_USER_MANAGER" }).check();
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page).toHaveURL(/\/users\/\d+/);
  await open(page, "/users");
  const row = page.getByRole("row", { name: /maximiliane/ });
  await expect(row.getByRole("gridcell", { name: email })).toHaveAttribute("title", email);
  await expect(row.getByRole("gridcell", { name: "AUDITOR" })).toHaveAttribute("title", "AUDITOR, USER_MANAGER");
  const cut = await row.evaluate((row) => {
    const longest = ["en-US", "en-GB", "de-DE"].map((language) =>
      new Date(2026, 8, 28, 22, 58).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" }),
    );
    const time = row.querySelector("time")!;
    const cell = time.closest("[role=gridcell]")!;
    const grid = row.closest("[role=grid]")!;
    const cut = longest.filter((text) => {
      time.textContent = text;
      return cell.scrollWidth > cell.clientWidth;
    });
    const username = row.querySelector("[role=gridcell]")!;
    username.querySelector("a")!.textContent = "user0000010";
    const isNameCut = username.scrollWidth > username.clientWidth;
    return { cut, isNameCut, sideways: grid.scrollWidth - grid.clientWidth };
  });
  expect(cut).toEqual({ cut: [], isNameCut: false, sideways: 0 });
  await looksRight(page, "users-wide");
});

test("the same name in another form is taken", async ({ signedIn: page }) => {
  await open(page, "/users/new");
  await page.getByLabel("Username").fill("JU\u0308RGEN.MU\u0308LLER");
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.locator("#form-errors")).toContainText(/name/i);
  // The button is at the end of a long form, and this above it.
  await expect(page.locator("#form-errors")).toBeInViewport();
});

test("a change by hand stands in the history", async ({ signedIn: page }) => {
  await open(page, "/users?q=m%C3%BCller");
  await page.getByRole("link", { name: /ü/ }).first().click();
  await page.getByLabel("Department").fill("Research & Development");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await expect(page.getByText("by admin").first()).toBeVisible();
  await looksRight(page, "user");
});

test("who was quicker stands in the history beside what is not saved", async ({ signedIn: page }) => {
  await createUser(page, "contended");
  await changeDepartment(page, "contended", "Quicker Department");
  await page.getByLabel("Job title").fill("Slower");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#form-errors")).toContainText("It changed since it was shown");
  await expect(page.getByLabel("Job title")).toHaveValue("Slower");
  const history = page.getByRole("region", { name: "History" });
  await expect(history).toContainText("Quicker Department");
  await page.getByRole("link", { name: "See in the history who changed what." }).click();
  await expect(history).toBeInViewport();
  await looksRight(page, "user-stale");
});

test("language and time zone have their shapes", async ({ signedIn: page }) => {
  await open(page, "/users/new");
  await page.getByLabel("Username").fill("shapes");
  await page.getByLabel("Language").fill("Deutsch");
  await page.getByLabel("Time zone").fill("Berlin");
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByLabel("Language")).toHaveAccessibleDescription("A language is written like de or en-GB.");
  await expect(page.getByLabel("Time zone")).toHaveAccessibleDescription("A time zone is written like Europe/Berlin or UTC.");
  await page.getByLabel("Language").fill("de_DE");
  await page.getByLabel("Time zone").fill("Europe/Berlin");
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page).toHaveURL(/\/users\/\d+/);
});

test("custom fields are added, changed and taken away", async ({ signedIn: page }) => {
  await open(page, "/users/new");
  await page.getByLabel("Username").fill("custom");
  await page.getByRole("button", { name: "Add a custom field" }).click();
  await page.getByLabel("Name of the new field").fill("badge");
  await page.getByRole("button", { name: "Add a custom field" }).click();
  await page.getByLabel("Name of the new field").last().fill("Badge");
  await page.getByLabel("Its values, one a line").last().fill("1");
  await page.getByRole("button", { name: "Create user" }).click();
  await page.locator("#form-errors").getByRole("link", { name: /Name of the new field/ }).click();
  await expect(page.getByLabel("Name of the new field").last()).toBeFocused();
  await page.getByRole("button", { name: "Remove the new field" }).last().click();
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.locator("#form-errors").getByRole("link", { name: /Its values.*Please fill this in/ })).toBeVisible();
  await page.getByLabel("Its values, one a line").fill("7\n <b>8</b> \n");
  await looksRight(page, "user-custom-new");
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page).toHaveURL(/\/users\/\d+/);

  const badge = page.getByLabel("badge", { exact: true });
  await expect(badge).toHaveValue("7\n<b>8</b>");
  await page.getByRole("button", { name: "Add a custom field" }).click();
  await page.getByLabel("Name of the new field").fill("team");
  await page.getByLabel("Its values, one a line").fill("Blue");
  await badge.fill("9");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("team", { exact: true })).toHaveValue("Blue");
  await expect(badge).toHaveValue("9");
  await badge.scrollIntoViewIfNeeded();
  await looksRight(page, "user-custom");
  await page.getByRole("button", { name: "Take badge away" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("team", { exact: true })).toHaveValue("Blue");
  await expect(badge).toHaveCount(0);
});

test("a custom field of a directory is locked, and others stand beside it", async ({ signedIn: page }) => {
  await fillDirectory(page);
  const number = await page.getByLabel(/^Attribute \d+$/).count() + 1;
  await page.getByRole("button", { name: "Add an attribute" }).click();
  await page.getByLabel(`Attribute ${number}`, { exact: true }).fill("employeeNumber");
  await page.getByLabel(`Name of custom field ${number}`).fill("number");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await search(page, "user0000001");
  await review(page);
  await commit(page);
  await open(page, "/users?q=user0000001");
  await page.getByRole("grid").getByRole("link", { name: "user0000001" }).click();
  await expect(page.getByLabel("number", { exact: true })).toHaveValue("100001");
  await expect(page.getByLabel("number", { exact: true })).toHaveAttribute("readonly", "");
  await expect(page.getByRole("button", { name: "Take number away" })).toHaveCount(0);
  await page.getByRole("button", { name: "Add a custom field" }).click();
  await page.getByLabel("Name of the new field").fill("floor");
  await page.getByLabel("Its values, one a line").fill("3");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("floor", { exact: true })).toHaveValue("3");
  await page.getByLabel("floor", { exact: true }).scrollIntoViewIfNeeded();
  await looksRight(page, "user-custom-locked");
});

test("roles and settings look right", async ({ signedIn: page }) => {
  await open(page, "/roles");
  await expect(page.getByText("ROLE_ADMINISTRATOR").first()).toBeVisible();
  await looksRight(page, "roles");
  await open(page, "/settings");
  await looksRight(page, "settings");
});

test("everything is there in German", async ({ signedIn: page }) => {
  await open(page, "/settings");
  await page.getByText("Deutsch", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await open(page, "/users");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Benutzer");
  await looksRight(page, "users-german");
});

test("an address without a page says so", async ({ signedIn: page }) => {
  await open(page, "/nothing/here");
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await looksRight(page, "not-found");
});
