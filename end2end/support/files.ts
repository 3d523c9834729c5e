// Files for the tests: made here, chosen or dropped as a person does.
import { type Page } from "@playwright/test";
import { expect, open } from "./muster";

export type Made = { name: string; mimeType: string; buffer: Buffer };

export function csv(name: string, lines: string[], encoding: BufferEncoding = "utf8"): Made {
  return { name, mimeType: "text/csv", buffer: Buffer.from(`${lines.join("\r\n")}\r\n`, encoding) };
}

/** Chooses a file, made here or at a path, and waits until it was read. */
export async function choose(page: Page, file: Made | string) {
  await open(page, "/import/file");
  await page.locator("#file").setInputFiles(file);
  await expect(page.getByRole("region", { name: "The first rows" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("link", { name: "On to the columns" })).toBeVisible({ timeout: 30_000 });
}

/** Goes on to the columns, and from there to the review. */
export async function reviewFile(page: Page) {
  await page.getByRole("link", { name: "On to the columns" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Columns to fields" })).toBeVisible();
  await page.getByRole("button", { name: "See what will change" }).click();
  await expect(page).toHaveURL(/\/import\/file\/review/, { timeout: 30_000 });
}

/** Drops a file on the page. */
export async function drop(page: Page, file: Made) {
  await dropAll(page, [file]);
}

/** Drops several files on the page at once. */
export async function dropAll(page: Page, files: Made[]) {
  const transfer = await page.evaluateHandle(
    (files) => {
      const transfer = new DataTransfer();
      for (const { name, type, bytes } of files) transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
      return transfer;
    },
    files.map(({ name, mimeType, buffer }) => ({ name, type: mimeType, bytes: [...buffer] })),
  );
  await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
  await expect(page.getByText("Drop the file to import it")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}

/** How many files the browser keeps for a reload. */
export function filesKept(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open("muster");
      request.onsuccess = () => resolve(request.result);
    });
    const files = await new Promise<number>((resolve) => {
      const request = database.transaction("files").objectStore("files").count();
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    return files;
  });
}
