// Two inputs beside each other: how they come to the page, and what it says of both.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  cliReading,
  dropFiles,
  expect,
  expectAccessible,
  logFile,
  open,
  pasteText,
  test,
  type Json,
  type Locator,
  type LogFile,
  type Page,
} from './utils'

const at = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
const file = (name: string) => logFile(at(name))
const text = (name: string, content: string) => ({ name, bytes: Buffer.from(content) })

/** What the command line says of two files. */
function cliDiff(old: string, new_: string): Json {
  const program = process.env['REBUILDSCOPE_BIN']
  if (!program) throw new Error('REBUILDSCOPE_BIN is not set')
  const args = ['diff', at(old), at(new_), '--format', 'json']
  const { status, stdout, stderr } = spawnSync(program, args, { maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(stderr.toString())
  return JSON.parse(stdout.toString())
}

/** The part of a link behind its `#`, as the command line makes it. */
function cliLink(log: LogFile, ...more: string[]): string {
  const program = process.env['REBUILDSCOPE_BIN']
  if (!program) throw new Error('REBUILDSCOPE_BIN is not set')
  const { status, stdout, stderr } = spawnSync(program, ['share', ...more, '-'], { input: log.bytes })
  if (status !== 0) throw new Error(stderr.toString())
  return stdout.toString().trim().replace(/^.*#/, '')
}

const side = (page: Page, name: 'Old' | 'New') => page.getByRole('region', { name, exact: true })
const differs = (page: Page) => page.getByRole('region', { name: 'What differs' })
const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

/** The row of a table that begins with this name. */
const row = (table: Locator, name: string) =>
  table.getByRole('row').filter({ has: table.page().getByRole('rowheader', { name, exact: true }) })

async function expectCompared(page: Page, old: string, new_: string): Promise<void> {
  await expect(page).toHaveURL(/\/compare\//)
  // Two workers and a program of their own are loaded for it.
  await expect(differs(page)).toBeVisible({ timeout: 30_000 })
  await expect(side(page, 'Old')).toContainText(old)
  await expect(side(page, 'New')).toContainText(new_)
}

/** The page has the changes and sentences that the command line has. */
async function expectChanges(page: Page, report: Json): Promise<void> {
  const download = page.waitForEvent('download')
  await part(page, 'Versions').getByRole('button', { name: 'Save as JSON' }).click()
  const saved = JSON.parse(readFileSync(await (await download).path(), 'utf8'))
  const byName = (changes: Json[]) => changes.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  // What was built again at the same version, or is of the configuration, is folded: what is
  // saved is what is shown.
  const isShown = (it: Json) => it.kind !== 'rebuilt' && it.subject !== 'configuration'
  expect(byName(saved)).toEqual(byName(report.runs[0].changes.filter(isShown)))
  for (const { id, text } of report.findings) {
    if (id !== 'outcome') await expect(differs(page)).toContainText(text)
  }
}

async function dropOn(page: Page, name: 'Old' | 'New', dropped: LogFile): Promise<void> {
  const payload = { name: dropped.name, base64: dropped.bytes.toString('base64') }
  const data = await page.evaluateHandle(({ name, base64 }) => {
    const transfer = new DataTransfer()
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    transfer.items.add(new File([bytes], name))
    return transfer
  }, payload)
  await side(page, name).dispatchEvent('drop', { dataTransfer: data })
}

test('two listings that are dropped together are compared at once', async ({ page }) => {
  await open(page)
  await dropFiles(page, file('closure-old.txt'), file('closure-new.txt'))
  await expectCompared(page, 'closure-old.txt', 'closure-new.txt')
  await expect(side(page, 'Old')).toContainText('Listing, 54 paths')
  const report = cliDiff('closure-old.txt', 'closure-new.txt')
  await expectChanges(page, report)
  const figures = part(page, 'Side by side')
  await expect(row(figures, 'Store paths')).toContainText(/54.*54/)
  await expect(row(figures, 'Size of the system')).toContainText('+480 KiB')
})

test('the older one is the one of the earlier day, whatever their order', async ({ page }) => {
  await open(page)
  await dropFiles(page, file('closure-new.txt'), file('closure-old.txt'))
  await expectCompared(page, 'closure-old.txt', 'closure-new.txt')
  await expect(page).toHaveURL(/old=file\.1&new=file\.0&order=chosen/)
})

test('a log and a listing are compared at once', async ({ page }) => {
  await open(page)
  await dropFiles(page, file('switch-old.log'), file('closure-new.txt'))
  await expectCompared(page, 'switch-old.log', 'closure-new.txt')
  await expectChanges(page, cliDiff('switch-old.log', 'closure-new.txt'))
  await expect(row(part(page, 'Side by side'), 'Total time')).toContainText('not known')
})

test('two logs stand side by side, once both are asked for', async ({ page }) => {
  await open(page)
  await dropFiles(page, file('switch-old.log'), file('switch-new.log'))
  await expect(page).toHaveURL(/\/report\//)
  await expect(page.getByLabel('File')).toBeVisible()
  await page.getByRole('link', { name: 'Compare both' }).click()
  await expectCompared(page, 'switch-old.log', 'switch-new.log')
  await expectChanges(page, cliDiff('switch-old.log', 'switch-new.log'))
  const [old, new_] = [file('switch-old.log'), file('switch-new.log')].map(({ bytes }) => {
    const reading = cliReading(bytes)
    if (!('report' in reading)) throw new Error(reading.refusal)
    return reading.report.runs[0]
  })
  const figures = part(page, 'Side by side')
  const begun = (run: Json) =>
    run.derivations.filter((it: Json) => ['built', 'building', 'failed'].includes(it.status)).length
  await expect(row(figures, 'Built here')).toContainText(String(begun(old)))
  await expect(row(figures, 'Built here')).toContainText(String(begun(new_)))
  const difference = Math.abs(new_.time.total_s - old.time.total_s)
  expect(difference).toBeGreaterThan(1)
  await expect(row(figures, 'Total time').getByText('stamped')).toHaveCount(2)
  await expect(differs(page)).toContainText(/The new run took \d.* (longer|less): /)
})

test('lines lead to the file that they are from, and Back leads back', async ({ page }) => {
  await open(page)
  await dropFiles(page, file('switch-old.log'), file('switch-new.log'))
  await page.getByRole('link', { name: 'Compare both' }).click()
  await expectCompared(page, 'switch-old.log', 'switch-new.log')
  const firefox = row(part(page, 'Versions'), 'firefox')
  const link = firefox.getByRole('link', { name: / new$/ })
  const line = Number((await link.innerText()).match(/\d+/)?.[0])
  const expected = readFileSync(at('switch-new.log'), 'utf8').split('\n')[line - 1] ?? ''
  expect(expected).toContain('firefox-136.0.3')
  await link.click()
  await expect(page).toHaveURL(/\/report\/\?v=1&file=1&section=log&line=/)
  await expect(page.getByRole('region', { name: 'Log text' })).toContainText(expected.slice(30))
  await page.goBack()
  await expectCompared(page, 'switch-old.log', 'switch-new.log')
  await page.goForward()
  await expect(page.getByRole('region', { name: 'Log text' })).toContainText(expected.slice(30))
})

test('a listing alone says what it is, shows its text and can be compared', async ({ page }) => {
  await open(page)
  await dropFiles(page, file('closure-old.txt'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A listing of store paths')
  await expect(page.getByRole('main')).toContainText('It lists 54 store paths')
  await expect(page.getByRole('region', { name: 'Log text' })).toContainText('glibc-2.40-66')
  await page.getByRole('link', { name: 'Compare it with another' }).click()
  await expect(side(page, 'Old')).toContainText('closure-old.txt')
  await dropFiles(page, file('closure-new.txt'))
  await expectCompared(page, 'closure-old.txt', 'closure-new.txt')
})

test('what is no log is said in its place, and the other one stays', async ({ page }) => {
  await open(page, 'compare/')
  await dropOn(page, 'Old', file('closure-old.txt'))
  await expect(side(page, 'Old')).toContainText('closure-old.txt')
  await dropOn(page, 'New', text('letter.txt', 'Dear reader,\nnothing was built.\n'))
  await expect(side(page, 'New')).toContainText('letter.txt: This is not the log of a rebuild')
  await expect(page.getByRole('main').getByRole('status').first()).toContainText('not the log of a rebuild')
  await expect(side(page, 'Old')).toContainText('closure-old.txt')
  await expect(differs(page)).toHaveCount(0)
  await dropOn(page, 'New', file('closure-new.txt'))
  await expectCompared(page, 'closure-old.txt', 'closure-new.txt')
  await expect(page.getByRole('main').getByRole('status').first()).toContainText('Comparison ready.')
})

test('the sides are swapped, and Back swaps them back', async ({ page }) => {
  await open(page)
  await dropFiles(page, file('closure-old.txt'), file('closure-new.txt'))
  await expectCompared(page, 'closure-old.txt', 'closure-new.txt')
  await expect(row(part(page, 'Versions'), 'nginx')).toContainText(/1\.26\.3.*1\.27\.4/)
  await page.getByRole('button', { name: 'Swap old and new' }).click()
  await expectCompared(page, 'closure-new.txt', 'closure-old.txt')
  await expect(row(part(page, 'Versions'), 'nginx')).toContainText(/1\.27\.4.*1\.26\.3/)
  await expect(page).toHaveURL(/old=file\.1&new=file\.0&order=chosen/)
  await page.goBack()
  await expectCompared(page, 'closure-old.txt', 'closure-new.txt')
  await page.goForward()
  await expectCompared(page, 'closure-new.txt', 'closure-old.txt')
})

test('after a reload samples are compared again, and files are asked for again', async ({ page }) => {
  await open(page, 'compare/?v=1&old=sample.fetch-heavy&new=sample.ollama-upgrade&order=chosen')
  await expectCompared(page, 'Almost all of it downloaded', 'Ollama 0.5.13 to 0.6.0')
  await page.reload()
  await expectCompared(page, 'Almost all of it downloaded', 'Ollama 0.5.13 to 0.6.0')
  await side(page, 'Old').getByRole('button', { name: 'Take another' }).click()
  await dropOn(page, 'Old', file('switch-old.log'))
  await expectCompared(page, 'switch-old.log', 'Ollama 0.5.13 to 0.6.0')
  await page.reload()
  await expect(side(page, 'Old')).toContainText('This tab does not have that file any more')
  await expect(side(page, 'New')).toContainText('Ollama 0.5.13 to 0.6.0')
})

test('the same twice differs in nothing', async ({ page }) => {
  await open(page)
  await dropFiles(page, file('closure-old.txt'), { ...file('closure-old.txt'), name: 'again.txt' })
  await expectCompared(page, 'closure-old.txt', 'again.txt')
  await expect(differs(page)).toContainText('Both sides say the same: nothing differs.')
})

test('a saved report stands for its log', async ({ page }) => {
  const reading = cliReading(file('switch-old.log').bytes)
  if (!('report' in reading)) throw new Error(reading.refusal)
  await open(page, 'compare/')
  await dropOn(page, 'Old', text('saved.json', JSON.stringify(reading.report, null, 2)))
  await dropOn(page, 'New', file('switch-new.log'))
  await expectCompared(page, 'saved.json', 'switch-new.log')
  await expectChanges(page, cliDiff('switch-old.log', 'switch-new.log'))
  await dropOn(page, 'Old', text('cut.json', '{"schema":1,"source":{"bytes"'))
  await expect(side(page, 'Old')).toContainText('begins like a saved report, but is none or is damaged')
})

test('two links are compared, and one address holds both', async ({ page }) => {
  const [old, new_] = ['switch-old.log', 'switch-new.log'].map((name) => cliLink(file(name)))
  await open(page, `compare/#${old}~`)
  await expect(side(page, 'Old')).toContainText('Shared report')
  await side(page, 'New').getByRole('textbox').focus()
  await pasteText(page, `https://site.test/#${new_}`)
  await expectCompared(page, 'Shared report', 'Shared report')
  expect(new URL(page.url()).hash).toBe(`#${old}~${new_}`)
  await expect(row(part(page, 'Versions'), 'nginx')).toContainText(/1\.26\.3.*1\.27\.4/)
  await expect(part(page, 'Share this comparison')).toContainText('holds both sides')
  await page.reload()
  await expectCompared(page, 'Shared report', 'Shared report')
  await page.getByRole('button', { name: 'Swap old and new' }).click()
  await expect(row(part(page, 'Versions'), 'nginx')).toContainText(/1\.27\.4.*1\.26\.3/)
  expect(new URL(page.url()).hash).toBe(`#${new_}~${old}`)
  await dropOn(page, 'New', text('letter.txt', 'r1 is no link\n'))
  await expect(side(page, 'New')).toContainText('not the log of a rebuild')
})

test('a link and a file are compared', async ({ page }) => {
  await open(page, `compare/#${cliLink(file('switch-old.log'))}~`)
  await expect(side(page, 'Old')).toContainText('Shared report')
  await dropOn(page, 'New', file('switch-new.log'))
  await expectCompared(page, 'Shared report', 'switch-new.log')
  await expect(row(part(page, 'Versions'), 'nginx')).toContainText(/1\.26\.3.*1\.27\.4/)
})

test('a comparison of links is handed on by its address, and one of files says how', async ({ page, browser, context }) => {
  await open(page, 'compare/')
  await dropOn(page, 'Old', file('switch-old.log'))
  await dropOn(page, 'New', file('switch-new.log'))
  await expect(part(page, 'Share this comparison')).toContainText('The address of this page holds no files')
  const [old, new_] = ['switch-old.log', 'switch-new.log'].map((name) => cliLink(file(name)))
  for (const [name, link] of [['Old', old], ['New', new_]] as const) {
    await side(page, name).getByRole('button', { name: /^Take another/ }).click()
    await side(page, name).getByRole('textbox').focus()
    await pasteText(page, `https://site.test/#${link}`)
    await expect(side(page, name)).toContainText('Shared report')
  }
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await part(page, 'Share this comparison').getByRole('button', { name: /Copy/ }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toMatch(/compare\/.*#r1.*~r1/)
  const address = await copied()
  const other = await (await browser.newContext()).newPage()
  await other.goto(address)
  await expectCompared(other, 'Shared report', 'Shared report')
  await expect(row(part(other, 'Versions'), 'nginx')).toContainText(/1\.26\.3.*1\.27\.4/)
  await other.context().close()
})

test('a link that holds a part of a report is not taken for all of it', async ({ page }) => {
  const link = cliLink(file('switch-old.log'), '--level', 'changes')
  await open(page, `compare/?v=1&new=sample.ollama-upgrade&order=chosen#${link}~`)
  await expectCompared(page, 'Shared report', 'Ollama 0.5.13 to 0.6.0')
  await expect(differs(page)).toContainText('is a link that does not hold all of its report')
  await expect(part(page, 'No longer built')).toHaveCount(0)
})

test('other hosts and a part that is missing are pointed out', async ({ page }) => {
  const on = (host: string, end: string) =>
    `Mar 13 20:14:02 ${host} nixos-upgrade-start[7]: building '/nix/store/8ia7ggnsmgvj15kkkya2k32q0wq8idkh-hello-2.12.drv'...\n` +
    `Mar 13 20:15:02 ${host} nixos-upgrade-start[7]: ${end}\n`
  await open(page, 'compare/')
  await dropOn(page, 'Old', text('a.log', on('laptop', 'activating the configuration...')))
  await dropOn(page, 'New', text('b.log', on('desktop', 'error: interrupted by the user')))
  const doubts = differs(page).getByRole('list', { name: 'Before you compare' })
  await expect(doubts).toContainText('They are of different hosts: laptop and desktop.')
  await expect(doubts).toContainText('The new run was interrupted.')
})

test('everything can be done by keyboard', async ({ page }) => {
  await open(page)
  const compare = page.getByRole('link', { name: 'Compare', exact: true })
  await compare.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/compare\//)
  await expect(compare).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  const swap = page.getByRole('button', { name: 'Swap old and new' })
  await expect(swap).toBeDisabled()
  await side(page, 'Old').getByRole('textbox').focus()
  await pasteText(page, readFileSync(at('closure-old.txt'), 'utf8'))
  await expect(side(page, 'Old')).toContainText('pasted text')
  await side(page, 'New').getByRole('textbox').focus()
  await pasteText(page, readFileSync(at('closure-new.txt'), 'utf8'))
  await expect(differs(page)).toBeVisible()
  await swap.focus()
  await page.keyboard.press('Enter')
  await expect(swap).toBeFocused()
  await expect(row(part(page, 'Versions'), 'nginx')).toContainText(/1\.27\.4.*1\.26\.3/)
  const another = side(page, 'New').getByRole('button', { name: 'Take another' })
  await another.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'New', exact: true })).toBeFocused()
  await side(page, 'New').getByLabel('Or take').selectOption('A build that failed')
  await expect(side(page, 'New')).toContainText('A build that failed')
  await expect(page.getByRole('heading', { name: 'New', exact: true })).toBeFocused()
  await expect(differs(page)).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox').first()).toBeFocused()
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1440]) {
    test(`the comparison is accessible in ${colorScheme} at ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      await open(page, 'compare/')
      await expectAccessible(page)
      await dropFiles(page, file('switch-old.log'), file('switch-new.log'))
      await expectCompared(page, 'switch-old.log', 'switch-new.log')
      await expectAccessible(page)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow).toBeLessThanOrEqual(0)
    })
  }
}
