// Every page in every state: no wider than the window, without a fault that axe finds, and with a
// picture of each in `e2e/pictures/` for those who look after the design.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dropFiles, expect, expectAccessible, open, test, type Page } from './utils'

const SAMPLE = readFileSync('../public/samples/ollama-upgrade.log')

/** From a small window at 400 % (WCAG 1.4.10) to a wide screen. */
const WIDTHS = [320, 360, 768, 1440]

/** Widths at which axe looks: below and above what the layout turns on. */
const CHECKED = [360, 1440]

/** The states of the site, and how a person comes to each. */
const STATES: Record<string, (page: Page) => Promise<void>> = {
  start: (page) => open(page),
  'start-nothing-loaded': (page) => open(page, 'report/'),
  'start-not-a-log': async (page) => {
    await open(page)
    await dropFiles(page, { name: 'letter.txt', bytes: Buffer.from('Dear diary,\nnothing was built.\n') })
    await expect(page.getByRole('main')).toContainText('letter.txt: This is not the log of a rebuild')
  },
  reading: async (page) => {
    // A worker that never comes: the page goes on waiting.
    await page.route(/\/worker_bg-/, () => {})
    await open(page)
    await dropFiles(page, { name: 'a.log', bytes: SAMPLE })
    await expect(page.getByRole('progressbar')).toBeVisible()
  },
  'report-switched': (page) => openReport(page, 'sample=ollama-upgrade'),
  'report-failed': (page) => openReport(page, 'sample=failed-build'),
  'report-fetched': (page) => openReport(page, 'sample=fetch-heavy'),
  'report-at-a-line': async (page) => {
    await openReport(page, 'sample=ollama-upgrade&section=log&line=600-602')
    const log = page.getByRole('region', { name: 'Log text' })
    await expect(log.locator('[aria-current="true"]')).toHaveCount(3)
  },
  'report-with-article': async (page) => {
    await openReport(page, 'sample=ollama-upgrade&article=nix-store')
    await expect(page.getByRole('complementary', { name: 'The Nix store' })).toContainText('hash')
  },
  'report-shared': async (page) => {
    await openReport(page, 'sample=ollama-upgrade&share=changes')
    await expect(page.getByRole('dialog').getByText('Will it fit?')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Copy link' })).toBeEnabled()
  },
  'report-keys': async (page) => {
    await openReport(page, 'sample=ollama-upgrade')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  },
  'report-from-a-link': async (page) => {
    await page.goto(linkTo(SAMPLE))
    await expect(page.getByRole('list', { name: 'Figures' })).toBeVisible()
  },
  'link-cut': async (page) => {
    await page.goto(linkTo(SAMPLE).slice(0, 500))
    await expect(page.getByRole('alert').first()).toBeVisible()
  },
  'compare-empty': (page) => open(page, 'compare/'),
  compare: async (page) => {
    await open(page, 'compare/?v=1&old=sample.fetch-heavy&new=sample.ollama-upgrade')
    await expect(page.getByRole('table').first()).toBeVisible()
  },
  'history-empty': async (page) => {
    await open(page, 'history/')
    await expect(page.getByText('No report is kept yet.')).toBeVisible()
  },
  history: async (page) => {
    await openReport(page, 'sample=ollama-upgrade')
    await page.getByRole('button', { name: 'Keep on this device' }).click()
    await page.getByRole('link', { name: 'Kept on this device' }).click()
    await expect(page.getByRole('table')).toBeVisible()
  },
  learn: (page) => open(page, 'learn/'),
  article: (page) => open(page, 'learn/nix-store/'),
  about: (page) => open(page, 'about/'),
}

/** Opens a report by what its address asks for. */
async function openReport(page: Page, query: string): Promise<void> {
  await page.goto(`report/?v=1&${query}`)
  await expect(page.getByRole('list', { name: 'Figures' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible()
}

/** A link that holds the report on a log, from `#` on. */
function linkTo(log: Buffer): string {
  const program = process.env['REBUILDSCOPE_BIN']
  if (!program) throw new Error('REBUILDSCOPE_BIN is not set')
  const { stdout } = spawnSync(program, ['share', '--level', 'full', '-'], { input: log })
  const link = stdout.toString().trim()
  return link.slice(link.indexOf('#'))
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [state, bring] of Object.entries(STATES)) {
    test(`${state} in ${colorScheme} fits every window and is accessible`, async ({ page }) => {
      test.slow()
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await bring(page)
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        const path = `pictures/${state}-${width}-${colorScheme}.png`
        await page.screenshot({ path, animations: 'disabled' })
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(overflow, `wider than ${width} px`).toBeLessThanOrEqual(0)
        if (CHECKED.includes(width)) await expectAccessible(page)
      }
    })
  }
}

test('in the colours that a person forces, everything can still be told apart', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await openReport(page, 'sample=failed-build')
  await page.screenshot({ path: 'pictures/report-failed-forced.png', animations: 'disabled' })
  await expectAccessible(page)
  const icon = page.getByRole('heading', { level: 1 }).locator('svg')
  await expect(icon).toBeVisible()
  const focused = page.getByRole('link', { name: 'Read another log' })
  await focused.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  const width = await focused.evaluate((it) => Number.parseFloat(getComputedStyle(it).outlineWidth))
  expect(width).toBeGreaterThan(0)
})
