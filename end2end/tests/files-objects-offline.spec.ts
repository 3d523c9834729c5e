// A commit of groups or roles while the connection fails: it waits, goes on, and is done once however often it is sent.
import { expect, looksRight, test } from "../support/muster";
import { tile } from "../support/directory";
import { choose, csv, reviewFile } from "../support/files";

test("a commit whose answer was lost is sent again and answers what it did", async ({ signedIn: page }) => {
  await choose(page, csv("lost.csv", ["group,label", "east,East", "west,West"]));
  await reviewFile(page);
  let tries = 0;
  await page.context().route(/\/api\/commit_group_file\d*$/, async (route) => {
    tries += 1;
    const answer = await route.fetch();
    // The server wrote, and nobody hears of it.
    if (tries === 1) await route.abort();
    else await route.fulfill({ response: answer });
  });
  await page.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(page.getByText("groups created: 2, changed: 0.")).toBeVisible();
  await expect(page.getByText("It was planned again")).toBeHidden();
  expect(tries).toBe(2);
  await page.getByRole("link", { name: "See the job" }).click();
  await expect(page.getByText("2 created, 0 changed")).toBeVisible();
});

test("so it is when the person tries again, also after the way up was given up", async ({ signedIn: page }) => {
  await choose(page, csv("again.csv", ["role,label,permissions", "ROLE_LOST,Lost,lost:read"]));
  await reviewFile(page);
  const asked: string[] = [];
  await page.context().route(/\/api\/(begin_upload|upload_chunk|commit_role_file)\d*$/, async (route) => {
    const name = new URL(route.request().url()).pathname.replace(/^\/api\/|\d+$/g, "");
    const isFirst = !asked.includes(name);
    asked.push(name);
    if (name !== "commit_role_file" || !isFirst) return route.continue();
    // It wrote, and what is between says something else.
    await route.fetch();
    await route.fulfill({ status: 507, json: { error: "disk_full" } });
  });
  const button = page.getByRole("button", { name: "Commit", exact: true });
  await button.click();
  await expect(page.getByRole("alert").filter({ hasText: "disk" })).toBeVisible();
  await button.click();
  await expect(page.getByText("roles created: 1, changed: 0.")).toBeVisible();
  expect(asked, "nothing is sent twice").toEqual(["begin_upload", "upload_chunk", "commit_role_file", "commit_role_file"]);
});

test("it waits for a server that is away, and can be called back", async ({ signedIn: page }) => {
  await choose(page, csv("waits.csv", ["group,label", "north,North", "south,South"]));
  await reviewFile(page);
  const address = /\/api\/begin_upload\d*$/;
  await page.context().route(address, (route) => route.abort());
  const button = page.getByRole("button", { name: "Commit", exact: true });
  await button.click();
  await expect(page.getByText("The server is not reached. Muster tries again by itself.")).toBeVisible();
  await looksRight(page, "file-objects-waiting");
  await page.getByLabel("What will happen").getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByLabel("What will happen")).toContainText("Groups: create 2, change 0.");
  await button.click();
  await expect(page.getByText("The server is not reached. Muster tries again by itself.")).toBeVisible();
  await page.context().unroute(address);
  await expect(page.getByText("groups created: 2, changed: 0.")).toBeVisible({ timeout: 30_000 });
});

test("what is too long to be committed is told before it is reviewed", async ({ signedIn: page }) => {
  // Its first word is wider than a telephone.
  const long = "x".repeat(60) + " many words".repeat(80 << 10);
  await choose(page, csv("long.csv", ["group,label,description", ...[...Array(40).keys()].map((n) => `g${n},,${long}`)]));
  await page.getByRole("link", { name: "On to the columns" }).click();
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(page.getByRole("alert")).toContainText("The texts are too long for groups or roles", { timeout: 30_000 });
  await expect(page.getByRole("alert")).toContainText("32 MiB");
  await looksRight(page, "file-objects-too-long");
  await page.getByLabel("What description becomes").selectOption("Not imported");
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(tile(page, "Create", 40)).toBeVisible();
});
