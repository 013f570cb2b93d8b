import { defineConfig } from "@playwright/test";

import { browserPath, sandboxArgs } from "./e2e/browser.ts";

export default defineConfig({
  testDir: "e2e",
  outputDir: "e2e-results",
  // Each worker has a studio of its own; renders take both cores of a small machine anyway.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  // What passes only the second time is reported as flaky.
  retries: 1,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    timezoneId: "UTC",
    actionTimeout: 20_000,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: browserPath(),
      args: sandboxArgs(),
    },
  },
});
