import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { CHROMIUM } from './test/support/chromium.ts'

/** The same Chromium without the browser around its pages: they take a third less of the processor. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell'
const useShell = process.env.CHROMIUM_PATH === undefined && existsSync(HEADLESS_SHELL)

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  // A browser on a machine that is busy with other things; what needed a second try is named at the end.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 720 },
    launchOptions: {
      ...CHROMIUM,
      ...(useShell && { executablePath: HEADLESS_SHELL }),
      args: [
        ...CHROMIUM.args,
        // A LAN address without a LAN: not a secure context, as on a phone. And a stranger's name that was bound anew.
        '--host-resolver-rules=MAP lan.test 127.0.0.1, MAP *.evil.test 127.0.0.1',
      ],
    },
  },
})
