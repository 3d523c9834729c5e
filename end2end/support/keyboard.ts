// What somebody without a mouse does and sees.
import { type Locator, type Page } from "@playwright/test";
import { expect } from "./muster";

/** Presses Tab until this has the focus. */
export async function tabTo(page: Page, target: Locator) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to ${target}`);
}

/** This has the focus, and an outline that says so. */
export async function showsFocus(target: Locator) {
  await expect(target).toBeFocused();
  const outlined = await target.evaluate((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return element.matches(":focus-visible") && outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  });
  expect(outlined, "the focus is visible").toBe(true);
}

/** A row of the page's grid, from 1: the header is the first row for screen readers. */
export function row(page: Page, number: number): Locator {
  return page.getByRole("grid").locator(`[aria-rowindex="${number + 1}"]`);
}
