// How the browser tests run. `cargo xtask test e2e` serves the site and sets the environment.
import { defineConfig } from '@playwright/test'

/** A variable that `cargo xtask test e2e` sets. */
function variable(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: start the tests by \`cargo xtask test e2e\``)
  return value
}

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  // A host that is tested by itself has what a host can do wrong tested, and nothing else.
  projects: process.env['REBUILDSCOPE_HOST']
    ? [{ name: process.env['REBUILDSCOPE_HOST'], use: { baseURL: variable('REBUILDSCOPE_URL') } }]
    : [
        {
          name: 'root',
          testIgnore: 'hosting.e2e.ts',
          use: { baseURL: variable('REBUILDSCOPE_URL') },
        },
        {
          name: 'sub-path',
          testMatch: [
            'shell.e2e.ts',
            'pages.e2e.ts',
            'packed.e2e.ts',
            'link.e2e.ts',
            'offline.e2e.ts',
            'search.e2e.ts',
          ],
          grepInvert: /is accessible/,
          use: { baseURL: variable('REBUILDSCOPE_SUB_PATH_URL') },
        },
      ],
  use: {
    locale: 'en-GB',
    timezoneId: 'UTC',
    permissions: ['clipboard-read', 'clipboard-write'],
    // It would load the whole site in every test, and answer before the test can.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: variable('CHROMIUM'),
      chromiumSandbox: variable('CHROMIUM_SANDBOX') === 'on',
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
