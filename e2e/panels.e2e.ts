// What the panels of the report have in common: search, order, copying, paper, and the outcome in
// the head of the page.
import { dropFiles, expect, open, test, type Page } from './utils'

async function openSample(page: Page, id: string, query = ''): Promise<void> {
  await open(page, `report/?v=1&sample=${id}${query}`)
  await expect(page.getByRole('navigation', { name: 'Sections of this report' })).toBeVisible()
}

/** A log that warns of many things. */
function warnings(n: number): { name: string; bytes: Buffer } {
  const lines = Array.from({ length: n }, (_, i) => `warning: unknown setting 'setting-${i}'`)
  const log = ["building the system configuration...", ...lines, "activating the configuration..."]
  return { name: 'warnings.log', bytes: Buffer.from(log.join('\n') + '\n') }
}

for (const [sample, icon, title] of [
  ['ollama-upgrade', 'icon-reboot.svg', /^Switched in .+, reboot needed/],
  ['failed-build', 'icon-failed.svg', /^Failed/],
] as const) {
  test(`title and picture of ${sample} tell the outcome`, async ({ page, request, baseURL }) => {
    await openSample(page, sample)
    await expect(page).toHaveTitle(title)
    await expect(page.locator("link[rel='icon']")).toHaveAttribute('href', icon)
    expect((await request.get(new URL(icon, baseURL).href)).ok()).toBe(true)
    await page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Analyse' }).click()
    await expect(page).toHaveTitle(/^Rebuildscope/)
    await expect(page.locator("link[rel='icon']")).toHaveAttribute('href', 'icon.svg')
  })
}

test('paths are searched and sorted, and the address keeps it', async ({ page }) => {
  await openSample(page, 'fetch-heavy')
  const downloads = page.getByRole('region', { name: 'Downloads' })
  const paths = downloads.getByRole('table', { name: 'Paths that were copied' })
  await downloads.getByRole('combobox', { name: 'Sort' }).selectOption('name')
  await expect(page).toHaveURL(/section=downloads&sort=name/)
  const names = await paths.getByRole('rowheader').allTextContents()
  expect(names).toEqual([...names].sort())
  await downloads.getByRole('searchbox', { name: 'Filter paths' }).fill('no such path')
  await expect(downloads.getByText('No path or store has this in its name.')).toBeVisible()
  await page.reload()
  await expect(downloads.getByText('No path or store has this in its name.')).toBeVisible()
})

test('a table is copied whole, for programs that take HTML and for those that take text', async ({ page }) => {
  await openSample(page, 'fetch-heavy')
  const downloads = page.getByRole('region', { name: 'Downloads' })
  await downloads.getByRole('button', { name: 'Copy as table' }).last().click()
  await expect(downloads.getByText('Copied.', { exact: true })).toBeVisible()
  const [text, html] = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read()
    const read = async (type: string) => (await item!.getType(type)).text()
    return Promise.all([read('text/plain'), read('text/html')])
  })
  const total = /([\d,]+) paths/.exec((await downloads.getByRole('searchbox').getAttribute('placeholder'))!)![1]!
  expect(text!.trimEnd().split('\n')).toHaveLength(Number(total.replace(',', '')) + 1)
  expect(text).toMatch(/^Path\tStatus\t/)
  expect(html).toContain('<tr><th>Path</th><th>Status</th>')
})

test('a browser that does not let a table be copied is named', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.write = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  })
  await openSample(page, 'fetch-heavy')
  const downloads = page.getByRole('region', { name: 'Downloads' })
  await downloads.getByRole('button', { name: 'Copy as table' }).last().click()
  await expect(downloads.getByText('The browser did not allow it.')).toBeVisible()
})

test('warnings stand with those of their kind, and many of a kind are folded', async ({ page }) => {
  await open(page)
  await dropFiles(page, warnings(9))
  const panel = page.getByRole('region', { name: 'Warnings' })
  await expect(panel.getByRole('heading', { level: 3 }).first()).toHaveText('Setting 9')
  await expect(panel.getByText("unknown setting 'setting-8'")).toBeHidden()
  await panel.getByText('3 more', { exact: true }).click()
  await expect(panel.getByText("unknown setting 'setting-8'")).toBeVisible()
})

test('on paper tables and folds are whole, and on the screen they are as before', async ({ page }) => {
  await openSample(page, 'fetch-heavy')
  const paths = page.getByRole('table', { name: 'Paths that were copied' })
  const builds = page.getByRole('table', { name: 'Configuration files' })
  const again = page.getByRole('table', { name: 'Builds by their start' })
  await expect(builds).toBeHidden()
  const before = await paths.getByRole('row').count()
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await expect(builds).toBeVisible()
  // What only says the same once more would cost trees.
  await expect(again).toBeHidden()
  expect(await paths.getByRole('row').count()).toBeGreaterThan(before)
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(builds).toBeHidden()
})

/** A run in which many units and packages failed, with a switch that touched many. */
function troubled(): { name: string; bytes: Buffer } {
  const path = (name: string) => `/nix/store/${'0123456789abcdfghijklmnpqrsvwxyz'}-${name}.drv`
  const failed = ['zebra-1.0', 'apple-2.0'].flatMap((name) => [
    `error: builder for '${path(name)}' failed with exit code 1`,
  ])
  const units = Array.from({ length: 9 }, (_, i) => `unit-${9 - i}.service`).join(', ')
  const log = [
    'building the system configuration...',
    ...failed,
    'activating the configuration...',
    `restarting the following units: ${units}`,
    'warning: the following units failed: unit-3.service, unit-4.service',
  ]
  return { name: 'troubled.log', bytes: Buffer.from(log.join('\n') + '\n') }
}

test('of very many failures the first are shown, and all when they are asked for', async ({ page }) => {
  const failure = (n: number) =>
    `error: builder for '/nix/store/${String(n).padStart(32, '0')}-package-${n}.drv' failed with exit code 2;\n` +
    '       last 1 log lines:\n       > make: *** [Makefile:10: all] Error 2\n'
  const log = Array.from({ length: 40 }, (_, n) => failure(n + 10)).join('')
  await open(page)
  await dropFiles(page, { name: 'many.log', bytes: Buffer.from(log) })
  const panel = page.getByRole('region', { name: 'Failures', exact: true })
  const cards = panel.getByRole('article')
  await expect(cards).toHaveCount(12)
  await panel.getByRole('button', { name: 'Show all 40' }).click()
  await expect(cards).toHaveCount(40)
  await expect(cards.last()).toContainText('package-49')
  await expect(panel.getByRole('button', { name: 'Show all 40' })).toBeHidden()
  await panel.getByRole('searchbox').fill('package-33')
  await expect(cards).toHaveCount(1)
})

test('failures are searched, sorted, and shown as a table', async ({ page }) => {
  await open(page)
  await dropFiles(page, troubled())
  const panel = page.getByRole('region', { name: 'Failures' })
  const names = panel.getByRole('article').getByRole('heading', { level: 3 })
  await expect(names.first()).toBeVisible()
  const all = await names.allTextContents()
  expect(all.length).toBeGreaterThan(1)
  await panel.getByRole('combobox', { name: 'Sort' }).selectOption('name')
  await expect(page).toHaveURL(/section=failures&sort=name/)
  await expect(names).toHaveText([...all].sort())
  await panel.getByRole('searchbox', { name: 'Filter failures' }).fill('zebra')
  await expect(names).toHaveText(['zebra-1.0'])
  await panel.getByRole('searchbox').fill('no such thing')
  await expect(panel.getByText('No failure has this in its name or message.')).toBeVisible()
  await panel.getByText(/^The same as a table/).click()
  const table = panel.getByRole('table', { name: 'What failed' })
  await expect(table.getByRole('columnheader')).toHaveText(['What failed', 'How', 'Why', 'Line'])
  await expect(panel.getByRole('button', { name: 'Copy as table' })).toBeVisible()
})

test('units of a switch are searched, sorted, and shown as a table', async ({ page }) => {
  await open(page)
  await dropFiles(page, troubled())
  const panel = page.getByRole('region', { name: 'Switch' })
  await expect(panel).toContainText('unit-9.service, unit-8.service')
  await panel.getByRole('combobox', { name: 'Sort' }).selectOption('name')
  await expect(panel).toContainText('unit-1.service, unit-2.service')
  await panel.getByRole('searchbox', { name: 'Filter units' }).fill('unit-3')
  await expect(panel).not.toContainText('unit-2.service')
  await panel.getByText(/^The same as a table/).click()
  const table = panel.getByRole('table', { name: 'Units that the switch touched' })
  await expect(table.getByRole('row', { name: /unit-3\.service Restarted/ })).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Copy as table' })).toBeVisible()
})

test('warnings are searched and sorted', async ({ page }) => {
  await open(page)
  await dropFiles(page, warnings(9))
  const panel = page.getByRole('region', { name: 'Warnings' })
  await panel.getByRole('searchbox', { name: 'Filter warnings' }).fill('SETTING-8')
  await expect(panel.getByText("unknown setting 'setting-8'")).toBeVisible()
  await expect(panel.getByText("unknown setting 'setting-1'")).toHaveCount(0)
  await expect(page).toHaveURL(/section=warnings/)
  await panel.getByRole('searchbox').fill('nothing of this kind')
  await expect(panel.getByText('No warning has this in its text.')).toBeVisible()
})
