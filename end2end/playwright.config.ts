// How the pages are tested: Debian's Chromium, one muster and one data folder a spec file, OpenLDAP shared by all.
import { defineConfig, devices } from "@playwright/test";

export default defineConfig({
  testDir: "tests",
  globalSetup: "./support/rig.ts",
  outputDir: "test-results",
  timeout: 120_000,
  expect: { timeout: 10_000 },
  // Servers, browser and database share two cores.
  workers: 1,
  // On the build machine, whose two cores others use too, a test gets a second try, and `.ci/test` says which needed it:
  // each of those is a race to be found. Here none has one.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: !!process.env.CI,
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.MUSTER_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "sqlite", testIgnore: /both-databases/ },
    { name: "both databases", testMatch: /both-databases/ },
  ],
});
