// Adding, testing, changing and removing a directory; what a wrong one says.
import { expect, hydrated, looksRight, open, test } from "../support/muster";
import { addDirectory, commit, fillDirectory, review, search } from "../support/directory";
import { servers } from "../support/rig";

test.describe.configure({ mode: "serial" });

test("without a directory the page teaches", async ({ signedIn: page }) => {
  await open(page, "/directories");
  await expect(page.getByText("No directory yet")).toBeVisible();
  await looksRight(page, "directories-empty");
});

test("the test goes step by step and shows ten mapped people", async ({ signedIn: page }) => {
  await fillDirectory(page);
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/Everything works: .*5,?000 people were found/)).toBeVisible();
  await expect(page.getByText("What the server says of itself")).toBeVisible();
  await expect(page.getByRole("row", { name: /user000000\d/ })).toHaveCount(10);
  await looksRight(page, "directory-test");
});

test("a wrong password says so and keeps the form", async ({ signedIn: page }) => {
  await fillDirectory(page, { password: "wrong" });
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText("The test ended at the step that failed.")).toBeVisible();
  await expect(page.getByText("The directory refuses the bind DN or its password")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name required", exact: true })).toHaveValue("Staff directory");
});

test("an unknown certificate can be pinned", async ({ signedIn: page }) => {
  const rig = servers();
  await fillDirectory(page, { url: rig.ldaps, security: "LDAPS" });
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText("The test ended at the step that failed.")).toBeVisible();
  await page.getByRole("button", { name: "Pin this certificate" }).click();
  await page.getByRole("button", { name: /Test( again)?$/ }).click();
  await expect(page.getByText(/Everything works/)).toBeVisible();
});

test("a form that cannot be used says where", async ({ signedIn: page }) => {
  await fillDirectory(page, { url: "http://127.0.0.1" });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#form-errors")).toContainText("correction");
  await expect(page.getByLabel("Addresses")).toHaveAttribute("aria-invalid", "true");
});

test("a directory is added, and its password never comes back", async ({ signedIn: page }) => {
  const answers: string[] = [];
  page.on("response", async (response) => {
    if (response.url().includes("/api/")) answers.push(await response.text().catch(() => ""));
  });
  await addDirectory(page);
  await open(page, "/directories");
  await page.getByRole("link", { name: /Staff directory/ }).first().click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  expect(answers.join("\n") + (await page.content())).not.toContain(servers().bind_password);
  await open(page, "/directories");
  await looksRight(page, "directories");
  await page.setViewportSize({ width: 390, height: 844 });
  const table = page.locator(".table-scroll");
  expect(await table.evaluate((table) => table.scrollWidth - table.clientWidth), "nothing is cut").toBe(0);
  await expect(table.getByText("Protection: ")).toBeInViewport({ ratio: 1 });
  for (const name of [/^Search/, /Staff directory/, /users?$/]) {
    await expect(table.getByRole("link", { name }).first()).toBeInViewport({ ratio: 1 });
  }
});

test("another address asks for the password again", async ({ signedIn: page }) => {
  await open(page, "/directories");
  await page.getByRole("link", { name: /Staff directory/ }).first().click();
  await page.getByLabel("Addresses").fill("ldap://127.0.0.2:389");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#form-errors")).toContainText(/password/i);
});

test("from a directory the way leads to its people", async ({ signedIn: page }) => {
  await open(page, "/directories");
  await page.getByRole("link", { name: /Staff directory/ }).first().click();
  await page.getByRole("main").getByRole("link", { name: "Search it" }).click();
  await expect(page).toHaveURL(/\/import\?directory=\d+/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Staff directory");
});

test("saving keeps what a test has found, and leads on", async ({ signedIn: page }) => {
  await open(page, "/directories");
  await page.getByRole("link", { name: /Staff directory/ }).first().click();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/Everything works: 5,000 people were found/)).toBeVisible();
  for (const name of ["Directory of the staff", "Staff directory"]) {
    await page.getByRole("textbox", { name: "Name required", exact: true }).fill(name);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Directory: ${name}`);
    await expect(page.getByText(/Everything works: 5,000 people were found/)).toBeVisible();
  }
  await page.getByRole("status").getByRole("link", { name: "Search it" }).first().click();
  await expect(page).toHaveURL(/\/import\?directory=\d+/);
});

test("a test needs no name", async ({ signedIn: page }) => {
  await fillDirectory(page, { name: "" });
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/Everything works: 5,000 people were found/)).toBeVisible();
});

test("what somebody else saved meanwhile is not overwritten", async ({ signedIn: page, context }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await open(tab, "/directories");
    await tab.getByRole("link", { name: /Staff directory/ }).first().click();
    await expect(tab.getByRole("textbox", { name: "Name required", exact: true })).toHaveValue("Staff directory");
  }
  await other.getByLabel("Entries a page").fill("400");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText("Saved.").first()).toBeVisible();
  await other.close();
  await page.getByLabel("Entries a page").fill("300");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("It changed since it was shown").first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Entries a page")).toHaveValue("400");
});

test("attributes are added and taken away", async ({ signedIn: page }) => {
  await open(page, "/directories");
  await page.getByRole("link", { name: /Staff directory/ }).first().click();
  const attributes = page.getByLabel(/^Attribute \d+$/);
  await expect(attributes.first()).toBeVisible();
  const before = await attributes.count();
  await page.getByRole("button", { name: "Add an attribute" }).click();
  await page.getByLabel(`Attribute ${before + 1}`, { exact: true }).fill("employeeNumber");
  await page.getByLabel(`Name of custom field ${before + 1}`).fill("number");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel(`Attribute ${before + 1}`, { exact: true })).toHaveValue("employeeNumber");
  await page.getByRole("button", { name: `Remove attribute ${before + 1}` }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await page.reload();
  await expect(attributes).toHaveCount(before);
});

test("of several values a pattern takes the one that fits", async ({ signedIn: page }) => {
  await open(page, "/directories");
  await page.getByRole("link", { name: /Staff directory/ }).first().click();
  const rule = page.getByLabel("Several values of attribute 1", { exact: true });
  const pattern = page.getByLabel("Pattern of attribute 1", { exact: true });
  const hint = page.getByText("A pattern takes the first value that fits it");
  await expect(rule).toHaveValue("first");
  await expect(pattern).toBeHidden();
  await expect(hint).toBeHidden();
  await rule.selectOption({ label: "matching a pattern" });
  await expect(hint).toBeVisible();
  // Without a pattern there is nothing to save, and the form says where.
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator("#form-errors").getByRole("link", { name: /Pattern of attribute 1/ }).click();
  await expect(pattern).toBeFocused();
  await expect(pattern).toHaveAttribute("aria-invalid", "true");
  await looksRight(page, "directory-pattern-missing");
  await pattern.fill("user*0@EXAMPLE.org");
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/Everything works/)).toBeVisible();
  await expect(page.getByRole("row", { name: /user0000000/ })).toContainText("user0000000@example.org");
  await expect(page.getByRole("row", { name: /user0000001/ })).not.toContainText("@example.org");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await page.reload();
  await expect(rule).toHaveValue("matching");
  await expect(pattern).toHaveValue("user*0@EXAMPLE.org");
  await hydrated(page);
  await rule.scrollIntoViewIfNeeded();
  await looksRight(page, "directory-pattern");
  // The tests that follow want everybody's address.
  await rule.selectOption({ label: "the first" });
  await expect(pattern).toBeHidden();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
});

test("a short code stands where the name has no room", async ({ signedIn: page }) => {
  await open(page, "/directories");
  await page.getByRole("link", { name: /Staff directory/ }).first().click();
  const code = page.getByLabel("Short code", { exact: true });
  await code.fill("my staff");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#form-errors")).toContainText("A code is made of");
  await code.fill("staff-1");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await expect(code).toHaveValue("STAFF-1");
  await code.scrollIntoViewIfNeeded();
  await looksRight(page, "directory-code");
  await open(page, "/directories");
  await expect(page.getByRole("rowheader", { name: /Staff directory/ })).toContainText("STAFF-1");
  await looksRight(page, "directories-code");
});

test("removing a directory says what becomes of its people, and keeps them", async ({ signedIn: page }) => {
  await search(page, "user000001");
  await review(page);
  await commit(page);
  await open(page, "/users?q=user000001");
  await expect(page.getByRole("grid").getByText("STAFF-1")).toHaveCount(10);
  await looksRight(page, "users-code");
  await open(page, "/directories");
  await page.getByRole("link", { name: /Staff directory/ }).first().click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  const question = page.getByRole("dialog", { name: "Remove this directory?" });
  await expect(question).toContainText("10 users came from “Staff directory”. They stay and become internal users.");
  await looksRight(page, "directory-removal");
  await question.getByRole("textbox").fill("Staff directory");
  await question.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("No directory yet")).toBeVisible();
  await open(page, "/users?q=user0000012");
  await page.getByRole("grid").getByRole("link", { name: "user0000012" }).click();
  await expect(page.getByText("This user belongs to Muster alone.")).toBeVisible();
  await expect(page.getByText("No longer linked to")).toBeVisible();
});
