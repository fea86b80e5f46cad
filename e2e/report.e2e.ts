// The panels of the report: what is searched, sorted, opened and copied in them.
import {
  cliReading,
  dropFiles,
  expect,
  expectAccessible,
  logFile,
  open,
  test,
  type Json,
  type Locator,
  type Page,
} from './utils'
import { fileURLToPath } from 'node:url'

const SAMPLES = fileURLToPath(new URL('../public/samples/', import.meta.url))

async function openSample(page: Page, sample: string, query = ''): Promise<void> {
  await page.goto(`report/?v=1&sample=${sample}${query}`)
  await expect(page.getByRole('navigation', { name: 'Sections of this report' })).toBeVisible()
}

function section(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true })
}

/** The names of the rows of a table. */
function rowNames(table: Locator): Locator {
  return table.getByRole('rowheader')
}

test('the title says how it ended', async ({ page }) => {
  await openSample(page, 'ollama-upgrade')
  await expect(page).toHaveTitle(/^Switched in \d+ min \d+ s, reboot needed · Rebuildscope$/)
  await openSample(page, 'failed-build')
  await expect(page).toHaveTitle('Failed: A package did not build · Rebuildscope')
})

test('a figure leads to its section', async ({ page }) => {
  await openSample(page, 'ollama-upgrade')
  await page.getByRole('list', { name: 'Figures' }).getByRole('link', { name: /^Reboot/ }).click()
  await expect(page).toHaveURL(/section=switch/)
  await expect(page.getByRole('heading', { name: 'Switch', exact: true })).toBeFocused()
  await expect(page.getByRole('heading', { name: 'Switch', exact: true })).toBeInViewport()
})

test('what packages are searched for is in the address', async ({ page }) => {
  await openSample(page, 'ollama-upgrade')
  const versions = section(page, 'Versions')
  await versions.getByLabel('Filter packages').fill('nvidia')
  const names = rowNames(versions.getByRole('table'))
  await expect(names).toHaveCount(2)
  await expect(page).toHaveURL(/section=versions/)
  await expect(page).toHaveURL(/q=nvidia/)
  await page.reload()
  await expect(names).toHaveCount(2)
  await expect(versions.getByLabel('Filter packages')).toHaveValue('nvidia')
  await versions.getByLabel('Filter packages').fill('no such package')
  const said = versions.getByRole('status').filter({ hasText: 'No package' })
  await expect(said).toHaveText('No package has this in its name.')
})

test('the order of rows is in the address, and Back restores it', async ({ page }) => {
  await openSample(page, 'ollama-upgrade')
  const versions = section(page, 'Versions')
  const names = rowNames(versions.getByRole('table'))
  await expect(names.first()).toContainText('linux')
  await versions.getByLabel('Sort').selectOption('name')
  await expect(page).toHaveURL(/sort=name/)
  await expect(names.first()).toContainText('alsa-ucm-conf')
  await page.goBack()
  await expect(names.first()).toContainText('linux')
  await expect(versions.getByLabel('Sort')).toHaveValue('')
})

test('an address with an order shows the rows in this order', async ({ page }) => {
  await openSample(page, 'ollama-upgrade', '&section=versions&sort=name')
  const versions = section(page, 'Versions')
  await expect(rowNames(versions.getByRole('table')).first()).toContainText('alsa-ucm-conf')
  await expect(versions.getByLabel('Sort')).toHaveValue('name')
})

test('a search finds files that are folded away', async ({ page }) => {
  await openSample(page, 'ollama-upgrade')
  const builds = section(page, 'Builds')
  const file = builds.getByRole('rowheader', { name: 'udev-rules' })
  await expect(file).toBeHidden()
  await builds.getByLabel('Filter derivations').fill('udev-rules')
  await expect(file).toBeVisible()
})

test('all rows of a long list can be shown', async ({ page }) => {
  const log = logFile(`${SAMPLES}fetch-heavy.log`)
  const reading = cliReading(log.bytes) as { report: Json }
  const n_paths = reading.report.runs[0].fetches.length
  await openSample(page, 'fetch-heavy')
  const downloads = section(page, 'Downloads')
  const paths = rowNames(downloads.getByRole('table', { name: 'Paths that were copied' }))
  await expect(paths).toHaveCount(20)
  const all = downloads.getByRole('button', { name: /^Show all/ })
  await all.click()
  await expect(paths).toHaveCount(n_paths)
  await expect(all).toBeHidden()
})

test('a command is copied, and the button says so', async ({ page }) => {
  await openSample(page, 'failed-build')
  const failures = section(page, 'Failures')
  const copy = failures.getByRole('button', { name: /^Cop(y|ied)/ }).first()
  await copy.click()
  await expect(copy).toHaveAccessibleName(/^Copied/)
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^nix log \/nix\/store\/\S+\.drv$/)
})

test('what failed because of something else stands under its cause', async ({ page }) => {
  await openSample(page, 'failed-build')
  const sections = page.getByRole('navigation', { name: 'Sections of this report' })
  await expect(sections.getByRole('link').first()).toHaveAccessibleName(/^Failures/)
  const cause = section(page, 'Failures').getByRole('article')
  await expect(cause).toHaveCount(1)
  await expect(cause).toHaveAccessibleName(/^v4l2loopback/)
  await expect(cause.getByText('3 more failed only because they needed this')).toBeVisible()
  await expect(cause.getByText('system-path')).toBeVisible()
})

test('two rebuilds in one log are two reports', async ({ page }) => {
  const logs = ['failed-build', 'ollama-upgrade'].map((name) => logFile(`${SAMPLES}${name}.log`))
  await open(page)
  await dropFiles(page, { name: 'two.log', bytes: Buffer.concat(logs.map(({ bytes }) => bytes)) })
  const runs = page.getByRole('navigation', { name: 'Runs in this log' })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Failed.')
  await runs.getByRole('link', { name: /^2\. Switched/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Switched.')
  await expect(page).toHaveURL(/run=1/)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Failed.')
})

test('the keyboard reaches every control from top to end', async ({ page }) => {
  await openSample(page, 'failed-build')
  const focusable = page.locator('a[href]:visible, button:visible, input:visible, select:visible, summary:visible')
  const n_controls = await focusable.count()
  await page.locator('body').focus()
  const last = page.getByRole('link', { name: 'How to check that' })
  const reached = async () => last.evaluate((link) => link === document.activeElement)
  let n_steps = 0
  while (!(await reached()) && n_steps < n_controls + 100) {
    await page.keyboard.press('Tab')
    n_steps += 1
  }
  await expect(last).toBeFocused()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`opened lists and a search are accessible in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 360, height: 900 })
    await openSample(page, 'ollama-upgrade', '&section=builds&q=e')
    for (const summary of await page.locator('summary').elementHandles()) await summary.click()
    await expectAccessible(page)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })
}

test('a window of 1280 pixels at a zoom of 400 % needs no sideways scrolling', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 256 })
  for (const sample of ['ollama-upgrade', 'failed-build', 'fetch-heavy']) {
    await openSample(page, sample)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow, sample).toBeLessThanOrEqual(0)
  }
})

test('on paper there are neither buttons nor fields', async ({ page }) => {
  await openSample(page, 'ollama-upgrade')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('navigation', { name: 'Sections of this report' })).toBeHidden()
})
