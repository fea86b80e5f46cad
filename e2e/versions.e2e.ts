// The versions of packages: groups, families, search, order, and what one takes along.
import { readFileSync } from 'node:fs'
import { dropFiles, expect, expectAccessible, open, test, type Json, type Locator, type Page } from './utils'

const DIFF = `$ nix store diff-closures /run/current-system ./result
acl: 2.3.1 → 2.3.2, +12.0 KiB
bash: +8.3 KiB
etc: +1.2 KiB
linux: 6.12.18 → 6.12.19, -9.9 KiB
python3: 3.12.8 → 3.12.9, +11.1 KiB
python3.12-numpy: 2.2.2 → 2.2.3, +95.0 KiB
python3.12-pip: 24.0 → 25.0.1, -24.6 KiB
uv: ∅ → 0.6.6, +35.1 MiB
zlib: 1.3 → 1.3.1, +1.2 KiB
`

async function openDiff(page: Page, text: string): Promise<Locator> {
  await open(page)
  await dropFiles(page, { name: 'diff.log', bytes: Buffer.from(text) })
  const versions = page.getByRole('region', { name: 'Versions', exact: true })
  await expect(versions.getByRole('table').first()).toBeVisible()
  return versions
}

/** The names of all rows, without what is said beside them. */
async function names(versions: Locator): Promise<string[]> {
  const texts = await versions.getByRole('rowheader').allInnerTexts()
  return texts.map((text) => text.split(/\s/)[0] ?? '')
}

test('what changed comes first, and a family opens by keyboard and stays in the address', async ({
  page,
}) => {
  const versions = await openDiff(page, DIFF)
  await expect(versions.getByRole('table').getByRole('heading')).toHaveText([
    'Things you care about',
    'Changed',
    'New',
  ])
  expect(await names(versions)).toEqual(['linux', 'acl', 'python', 'zlib', 'uv'])
  const python = versions.getByRole('button', { name: 'python 3 packages' })
  await expect(python).toHaveAttribute('aria-expanded', 'false')
  const row = versions.getByRole('row').filter({ has: page.getByRole('button', { name: /^python/ }) })
  await expect(row).toContainText(/python3\s+3\.12\.8.*3\.12\.9/)
  await expect(row).toContainText('up to major')
  await python.focus()
  await page.keyboard.press('Enter')
  await expect(python).toBeFocused()
  await expect(python).toHaveAttribute('aria-expanded', 'true')
  await expect(page).toHaveURL(/open=python/)
  const opened = ['linux', 'acl', 'python', 'python3', 'python3.12-numpy', 'python3.12-pip', 'zlib', 'uv']
  expect(await names(versions)).toEqual(opened)
})

test('what has the same versions and what is configuration is counted apart', async ({ page }) => {
  const versions = await openDiff(page, DIFF)
  await versions.getByRole('button', { name: '1 package with the same version' }).click()
  await expect(versions.getByRole('table', { name: 'Same versions' }).getByRole('rowheader')).toHaveText('bash')
  await versions.getByRole('button', { name: /^1 file or package made from/ }).click()
  await expect(versions.getByRole('table', { name: 'Configuration' }).getByRole('rowheader')).toHaveText('etc')
})

test('a search finds what is folded, and rows are sorted by level and size', async ({ page }) => {
  const versions = await openDiff(page, DIFF)
  await versions.getByLabel('Filter packages').fill('3.12-')
  await expect.poll(() => names(versions)).toEqual(['python3.12-numpy', 'python3.12-pip'])
  await versions.getByLabel('Filter packages').fill('bash')
  await expect.poll(() => names(versions)).toEqual(['bash'])
  await versions.getByLabel('Filter packages').fill('')
  await versions.getByLabel('Sort').selectOption('level')
  await expect.poll(async () => (await names(versions))[0]).toBe('python3.12-pip')
  await versions.getByLabel('Sort').selectOption('size')
  await expect.poll(async () => (await names(versions))[0]).toBe('uv')
})

test('the letters of nvd are shown to those who ask for them', async ({ page }) => {
  const versions = await openDiff(page, DIFF)
  const letters = versions.getByRole('button', { name: 'Letters of nvd' })
  const uv = versions.getByRole('rowheader', { name: 'uv' })
  await expect(uv.getByText('[A]')).toBeHidden()
  await letters.click()
  await expect(letters).toHaveAttribute('aria-pressed', 'true')
  await expect(uv.getByText('[A]')).toBeVisible()
  await expect(page).toHaveURL(/letters=nvd/)
})

test('what is shown is copied as Markdown and saved as CSV and JSON', async ({ page }) => {
  const versions = await openDiff(page, DIFF)
  const forms = versions.getByRole('group', { name: '7 packages shown:' })
  const said = forms.getByRole('status')
  await forms.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(said).toHaveText('Copied.')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('#### Changed\n')
  expect(copied).toMatch(/\| `zlib` \|.*`1\.3`.*`1\.3\.1`.*\| patch \| \+1\.2 KiB/)
  expect(copied).toMatch(/python/)
  const csv = await save(versions, 'CSV')
  expect(csv.name).toBe('versions.csv')
  expect(csv.text).toMatch(/\r\nuv,.*0\.6\.6/)
  expect(JSON.parse((await save(versions, 'JSON')).text)).toHaveLength(7)
})

test('a filter also narrows what is copied and saved', async ({ page }) => {
  const versions = await openDiff(page, DIFF)
  await versions.getByLabel('Filter packages').fill('3.12-')
  await expect(versions.getByRole('group', { name: '2 packages shown:' })).toBeVisible()
  const packages = JSON.parse((await save(versions, 'JSON')).text).map((it: Json) => it.name)
  expect(packages).toEqual(['python3.12-numpy', 'python3.12-pip'])
  await versions.getByLabel('Filter packages').fill('')
  await versions.getByRole('button', { name: '1 package with the same version' }).click()
  await expect(versions.getByRole('group', { name: '8 packages shown:' })).toBeVisible()
})

/** Saves what is shown as a file. */
async function save(versions: Locator, form: string): Promise<{ name: string; text: string }> {
  const download = versions.page().waitForEvent('download')
  await versions.getByRole('button', { name: `Save as ${form}` }).click()
  const file = await download
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`opened families and letters are accessible in ${colorScheme} on a phone`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 360, height: 900 })
    const versions = await openDiff(page, DIFF)
    await versions.getByRole('button', { name: 'Letters of nvd' }).click()
    for (const name of ['python', '1 package', '1 file']) {
      await versions.getByRole('button', { name: new RegExp(`^${name}`) }).click()
    }
    await expectAccessible(page)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })
}

test('five thousand rows never keep the page from answering for long', async ({ page }) => {
  const line = (_: unknown, n: number) => `package-${n}: 1.${n}.0 → 1.${n}.1, +1.2 KiB\n`
  const many = Array.from({ length: 5000 }, line).join('')
  const versions = await openDiff(page, DIFF + many)
  await page.evaluate(() => {
    const tasks: number[] = []
    Object.assign(window, { tasks })
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((it) => it.duration)))
      .observe({ type: 'longtask' })
  })
  await versions.getByLabel('Filter packages').fill('package-49')
  await versions.getByLabel('Filter packages').fill('')
  await versions.getByLabel('Sort').selectOption('size')
  // To look for roles among so many rows would itself keep the page busy.
  const all = await versions.getByRole('button', { name: /^Show all 5,00/ }).elementHandle()
  await all?.click()
  await all?.waitForElementState('hidden', { timeout: 30_000 })
  const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks)
  // Beside another test on two cores, 64 to 260 ms were seen; with all rows laid out at once, 800.
  expect(Math.max(0, ...tasks)).toBeLessThan(700)
})

test('a pinned package stays on top after a reload, until the pin is taken away', async ({ page }) => {
  let versions = await openDiff(page, DIFF)
  const pin = () => versions.getByRole('button', { name: 'Pin zlib' })
  await pin().focus()
  await page.keyboard.press('Enter')
  await expect(pin()).toBeFocused()
  const said = versions.getByRole('status').filter({ hasText: 'pinned' })
  await expect(said).toHaveText('zlib is pinned: it stands on top from now on.')
  expect(await names(versions)).toEqual(['zlib', 'linux', 'acl', 'python', 'uv'])
  await page.reload()
  versions = await openDiff(page, DIFF)
  await expect(pin()).toHaveAttribute('aria-pressed', 'true')
  expect(await names(versions)).toEqual(['zlib', 'linux', 'acl', 'python', 'uv'])
  await pin().click()
  await expect(pin()).toHaveAttribute('aria-pressed', 'false')
  expect(await names(versions)).toEqual(['linux', 'acl', 'python', 'zlib', 'uv'])
})

test('the revisions of Nixpkgs lead to what lies between them', async ({ page }) => {
  const label = 'nixos-system-laptop: 24.11.20250313.abcdef0 → 24.11.20250327.5b35d24, +1.2 KiB\n'
  const versions = await openDiff(page, DIFF + label)
  await expect(versions).toContainText('Nixpkgs went from abcdef0 to 5b35d24')
  await expect(versions.getByRole('link', { name: 'all commits between them' })).toHaveAttribute(
    'href',
    'https://github.com/NixOS/nixpkgs/compare/abcdef0...5b35d24',
  )
})
