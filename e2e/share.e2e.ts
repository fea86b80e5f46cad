// The dialog that shares a report: what others get, what they do not, and that the link holds it.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import jsQR from 'jsqr'
import { dropFiles, expect, expectAccessible, open, test, type Json, type Locator, type Page } from './utils'

/** Private things, each at a place where a log has it. */
const PRIVATE = {
  user: 'alice',
  host: 'blueberry',
  address: '192.168.7.21',
  token: 'ghp_0123456789abcdefghijABCDEFGHIJ012345',
}

const LOG = `[alice@blueberry:~/nixos]$ sudo nixos-rebuild switch --flake .#blueberry
warning: Git tree '/home/alice/nixos' is dirty
building the system configuration...
evaluation warning: the cache at 192.168.7.21 wants ghp_0123456789abcdefghijABCDEFGHIJ012345
these 3 derivations will be built:
  /nix/store/00000000000000000000000000000001-alice-backup.drv
  /nix/store/00000000000000000000000000000002-hello-2.12.drv
  /nix/store/00000000000000000000000000000003-nixos-system-blueberry-24.11.drv
building '/nix/store/00000000000000000000000000000001-alice-backup.drv'...
building '/nix/store/00000000000000000000000000000002-hello-2.12.drv'...
building '/nix/store/00000000000000000000000000000003-nixos-system-blueberry-24.11.drv'...
activating the configuration...
the following new units were started: alice-backup.service
Version changes:
[U.]  #1  firefox  136.0 -> 136.0.1
[U.]  #2  linux    6.12.18 -> 6.12.19
Closure size: 1500 -> 1501 (3 paths added, 2 paths removed, delta +1, disk usage +1.2MiB).
`

/** Hands a log in, and opens the dialog by its button. */
async function share(page: Page, log = LOG): Promise<Locator> {
  await open(page)
  await dropFiles(page, { name: 'rebuild.log', bytes: Buffer.from(log) })
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  return dialog(page)
}

async function dialog(page: Page): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: 'Share this report' })
  await expect(dialog).toBeVisible()
  // The first link waits for the program that makes it.
  await expect(dialog.getByLabel('Link', { exact: true })).toHaveValue(/#r1/, { timeout: 30_000 })
  return dialog
}

/** The link of this moment, as it stands in its field. */
async function link(dialog: Locator): Promise<string> {
  const field = dialog.getByLabel('Link', { exact: true })
  await expect(field).toHaveValue(/#r1/)
  return field.inputValue()
}

/** What a link holds, by the command line. */
function decoded(link: string): string {
  const program = process.env['REBUILDSCOPE_BIN'] ?? ''
  const args = ['open', link, '--format', 'json']
  const { status, stdout, stderr } = spawnSync(program, args, { maxBuffer: 1 << 30 })
  expect(status, String(stderr)).toBe(0)
  return stdout.toString()
}

const LEVELS = ['Verdict', 'Changes', 'Full']

for (const level of LEVELS) {
  test(`a link of the level ${level} shows the same figures in another browser`, async ({
    page,
    browser,
    baseURL,
  }) => {
    const shared = await share(page)
    await shared.getByRole('radio', { name: level }).check()
    const address = await link(shared)
    await page.keyboard.press('Escape')
    const figures = await page.getByRole('list', { name: 'Figures' }).innerText()
    const context = await browser.newContext({ baseURL })
    const other = await context.newPage()
    await other.goto(address)
    await expect(other.getByRole('heading', { level: 1 })).toContainText('Switched.')
    expect(await other.getByRole('list', { name: 'Figures' }).innerText()).toBe(figures)
    await context.close()
  })
}

test('what is private is in no link and no file', async ({ page }) => {
  const shared = await share(page)
  for (const level of LEVELS) {
    await shared.getByRole('radio', { name: level }).check()
    const report = decoded(await link(shared))
    for (const it of Object.values(PRIVATE)) expect(report).not.toContain(it)
  }
  for (const form of ['One HTML page', 'Markdown', 'JSON', 'CSV of versions']) {
    const text = await saved(page, shared, form)
    for (const it of Object.values(PRIVATE)) expect(text, form).not.toContain(it)
  }
})

/** The text of the file that a button saves. */
async function saved(page: Page, dialog: Locator, form: string): Promise<string> {
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: form, exact: true }).click()
  const file = await download
  await expect(dialog.getByRole('status')).toContainText(`Saved as ${file.suggestedFilename()}.`)
  return readFileSync(await file.path(), 'utf8')
}

test('a person allows one thing, and that alone is there', async ({ page }) => {
  const shared = await share(page)
  const before = await link(shared)
  const host = shared.getByRole('checkbox', { name: /^blueberry becomes/ })
  await expect(host).toBeChecked()
  await host.uncheck()
  await expect(shared.getByLabel('Link', { exact: true })).not.toHaveValue(before)
  await shared.getByRole('radio', { name: 'Full' }).check()
  const report = decoded(await link(shared))
  expect(report).toContain(PRIVATE.host)
  for (const it of [PRIVATE.user, PRIVATE.address, PRIVATE.token]) expect(report).not.toContain(it)
  const kind = shared.getByRole('checkbox', { name: /^Machine names/ })
  await expect(kind).not.toBeChecked()
  await kind.check()
  await expect(host).toBeChecked()
})

test('the length is that of the link, beside the limits of those who pass links on', async ({ page }) => {
  const versions = Array.from({ length: 3000 }, (_, n) => `[U.]  #${n}  package-${n}-${n * 7919 % 1000}  ${n}.1 -> ${n}.${n * 31 % 97}\n`)
  const shared = await share(page, LOG.replace('[U.]  #1', versions.join('') + '[U.]  #1'))
  const fit = shared.getByRole('region', { name: 'Will it fit?' })
  for (const level of LEVELS) {
    await shared.getByRole('radio', { name: level }).check()
    const { length } = await link(shared)
    await expect(fit).toContainText(`${length.toLocaleString('en-GB')} characters`)
    const row = (place: string) => fit.getByRole('listitem').filter({ hasText: place })
    const words = (limit: number) => (length <= limit ? /fits$/ : /too long\. Verdict fits\.$/)
    await expect(row('Discord')).toHaveText(words(2000))
    await expect(row('GitHub')).toHaveText(/fits$/)
  }
  await expect(shared.getByRole('region', { name: 'By camera' })).toContainText('too long for a QR code')
})

test('the QR code holds the link, and is saved as SVG', async ({ page }) => {
  const shared = await share(page)
  await shared.getByRole('radio', { name: 'Verdict' }).check()
  const code = shared.getByRole('img', { name: 'QR code of the link' })
  const address = await link(shared)
  await expect(code).toBeVisible()
  const { data, size } = await code.evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    const canvas = document.createElement('canvas')
    const size = (canvas.width = canvas.height = image.naturalWidth)
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    return { size, data: [...context.getImageData(0, 0, size, size).data] }
  })
  expect(jsQR(Uint8ClampedArray.from(data), size, size)?.data).toBe(address)
  const download = page.waitForEvent('download')
  await shared.getByRole('button', { name: 'Save the code as SVG' }).click()
  const svg = readFileSync(await (await download).path(), 'utf8')
  expect(decodeURIComponent((await code.getAttribute('src')) ?? '')).toContain(svg)
})

test('copying is confirmed, and where it is denied the link is selected', async ({ page, context }) => {
  const shared = await share(page)
  const copy = shared.getByRole('button', { name: 'Copy link' })
  await copy.click()
  await expect(shared.getByRole('status')).toHaveText('The link is copied.')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await link(shared))
  await context.clearPermissions()
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('denied'))
  })
  await copy.click()
  await expect(shared.getByRole('status')).toContainText('The link is selected')
  await expect(shared.getByLabel('Link', { exact: true })).toBeFocused()
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(await link(shared))
})

test('where the system has a sheet for it, the link is handed to that', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { handed: [] })
    navigator.share = async (data) => {
      ;(window as unknown as { handed: unknown[] }).handed.push(data)
    }
  })
  const shared = await share(page)
  await shared.getByRole('button', { name: 'Share by an app…' }).click()
  const handed = () => page.evaluate(() => (window as unknown as { handed: unknown[] }).handed)
  await expect.poll(handed).toEqual([{ title: 'A rebuild report', url: await link(shared) }])
})

test('the HTML page opens from the disk with scripts off', async ({ page, browser }) => {
  const shared = await share(page)
  const html = await saved(page, shared, 'One HTML page')
  const context = await browser.newContext({ javaScriptEnabled: false, offline: true })
  const other = await context.newPage()
  await other.setContent(html)
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(other.locator('body')).toContainText('Switched')
  await expect(other.locator('body')).toContainText('136.0.1')
  await expect(other.locator('body')).not.toContainText('`')
  await context.close()
})

test('the report is copied as Markdown, and JSON is the public form', async ({ page }) => {
  const shared = await share(page)
  await shared.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(shared.getByRole('status')).toHaveText('Copied as Markdown.')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('firefox')
  const report: Json = JSON.parse(await saved(page, shared, 'JSON'))
  expect(report.runs[0].outcome).toBe('succeeded')
  expect(report.runs[0].changes).toHaveLength(2)
})

test('a log without times has no trace, and the reason is said', async ({ page }) => {
  const shared = await share(page)
  await shared.getByRole('button', { name: 'Trace for Perfetto' }).click()
  await expect(shared.getByRole('status')).toContainText(/time/)
})

test('by keyboard alone: open, choose, copy, close, and Back', async ({ page }) => {
  await open(page)
  await dropFiles(page, { name: 'rebuild.log', bytes: Buffer.from(LOG) })
  const button = page.getByRole('button', { name: 'Share', exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  const shared = await dialog(page)
  await expect(page).toHaveURL(/share=changes/)
  await expect(shared.getByRole('radio', { name: 'Changes' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(shared.getByRole('radio', { name: 'Full' })).toBeChecked()
  await expect(page).toHaveURL(/share=full/)
  // The focus stays inside however far one goes.
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('dialog, body')?.tagName)).toMatch(/DIALOG|BODY/)
  }
  await page.keyboard.press('Escape')
  await expect(shared).toBeHidden()
  await expect(button).toBeFocused()
  await expect(page).not.toHaveURL(/share=/)
  await page.keyboard.press('s')
  await dialog(page)
  await page.goBack()
  await expect(shared).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Switched.')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('share the report')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the dialog is accessible in ${colorScheme}, on a phone too`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const shared = await share(page)
    await expect(shared.getByRole('img', { name: 'QR code of the link' })).toBeVisible()
    await expectAccessible(page)
    await page.setViewportSize({ width: 360, height: 740 })
    const overflow = await shared.evaluate((it) => it.scrollWidth - it.clientWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    expect((await shared.boundingBox())?.width).toBe(360)
    await expectAccessible(page)
  })
}

test.describe('a site whose files cannot be had', () => {
  test.use({ expectedErrors: [/ERR_FAILED/] })

  test('says so', async ({ page }) => {
    await page.route(/make_link/, (route) => route.abort())
    await open(page)
    await dropFiles(page, { name: 'rebuild.log', bytes: Buffer.from(LOG) })
    await page.getByRole('button', { name: 'Share', exact: true }).click()
    const shared = page.getByRole('dialog', { name: 'Share this report' })
    await expect(shared.getByRole('alert')).toContainText('could not be loaded')
    await expect(shared.getByRole('button', { name: 'One HTML page' })).toBeHidden()
  })
})

test('a link behind a password opens in another browser with that password alone', async ({ page, browser }) => {
  const shared = await share(page)
  const unsealed = await link(shared)
  await shared.getByText('Protect the link with a password').click()
  await shared.getByLabel('Password', { exact: true }).fill('correct horse')
  await expect(shared.getByLabel('Link', { exact: true })).not.toHaveValue(unsealed)
  const sealed = await link(shared)
  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(sealed)
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('This report needs a password')
  await other.getByLabel('Password').fill('wrong horse')
  await other.keyboard.press('Enter')
  await expect(other.getByRole('alert').filter({ hasText: 'does not open the link' })).toBeVisible()
  await other.getByLabel('Password').fill('correct horse')
  await other.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  const figures = await page.getByRole('list', { name: 'Figures' }).innerText()
  await expect(other.getByRole('heading', { level: 1 })).toContainText('Switched.')
  expect(await other.getByRole('list', { name: 'Figures' }).innerText()).toBe(figures)
  await context.close()
})
