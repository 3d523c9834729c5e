// Signing in and out; what a wrong password, a stranger and a form from elsewhere get.
import { expect, hydrated, looksRight, open, PASSWORD, signIn, test } from "../support/muster";

test("the page looks right", async ({ page }) => {
  await open(page, "/sign-in");
  await looksRight(page, "sign-in");
});

test("a wrong password is told from nothing else", async ({ page }) => {
  await open(page, "/sign-in");
  for (const name of ["admin", "nobody-at-all", "*)(uid=*", "x".repeat(300)]) {
    await page.getByLabel("Username").fill(name);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.locator("#form-errors")).toContainText(/username or password/i);
  }
});

test("a page asks for signing in, and comes back to itself", async ({ page }) => {
  await page.goto("/jobs?state=failed");
  await expect(page).toHaveURL(/\/sign-in\?then=/);
  await page.getByLabel("Username").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/jobs\?state=failed/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Jobs");
});

test("a session that ends in the middle leads back to where it was", async ({ signedIn: page, context }) => {
  await context.clearCookies();
  await page.getByRole("link", { name: "Roles" }).click();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sign-in\?then=%2Froles/);
  await page.getByLabel("Username").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/roles$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Roles");
});

test("what was filled in before the scripts ran is not lost", async ({ page }) => {
  // The scripts come late, as over a slow line; a password manager is quicker.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/muster\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/sign-in");
  await page.getByLabel("Username").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  release();
  await hydrated(page);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/users/);
});

test("signing out ends the session on the server", async ({ signedIn: page, context }) => {
  const before = await context.cookies();
  expect(before.filter((cookie) => cookie.httpOnly && cookie.sameSite === "Lax")).toHaveLength(1);
  await page.getByText(/Account: /).or(page.getByLabel(/Account: /)).first().click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await context.addCookies(before);
  await page.goto("/users");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a request from another site is refused, whatever its cookie", async ({ signedIn: page, muster, context }) => {
  const asked = page.waitForRequest((request) => request.method() === "POST" && request.url().includes("/api/"));
  await page.getByLabel("Search users").fill("a");
  await page.getByLabel("Search users").press("Enter");
  const request = await asked;
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const send = (origin: string, site: string) =>
    fetch(request.url(), {
      method: "POST",
      headers: { cookie, origin, "content-type": "application/json", "sec-fetch-site": site },
      body: request.postData(),
    });
  expect((await send(muster.url, "same-origin")).status).toBe(200);
  expect((await send("https://evil.example", "cross-site")).status).toBe(403);
  expect((await fetch(request.url(), { headers: { cookie } })).status).not.toBe(200);
});

test("too many wrong passwords must wait", async ({ page }) => {
  await open(page, "/sign-in");
  await page.getByLabel("Username").fill("somebody");
  for (let tries = 0; tries < 12; tries += 1) {
    await page.getByLabel("Password", { exact: true }).fill(`wrong ${tries}`);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
    if (/too many|wait/i.test(await page.locator("#form-errors").innerText())) return;
  }
  throw new Error("nobody said stop");
});

test("a session of its own works after another one failed", async ({ page }) => {
  await signIn(page, "admin", PASSWORD);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Users");
});
