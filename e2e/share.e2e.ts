// The dialog that shares a report: what others get, what they do not, and that the link holds it.
import { readFileSync } from 'node:fs'
import jsQR from 'jsqr'
import { dropFiles, expect, expectAccessible, open, test, type Json, type Locator, type Page } from './utils'

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

/** The text of the file that a button saves. */
async function saved(page: Page, dialog: Locator, form: string): Promise<string> {
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: form, exact: true }).click()
  const file = await download
  await expect(dialog.getByRole('status')).toContainText(`Saved as ${file.suggestedFilename()}.`)
  return readFileSync(await file.path(), 'utf8')
}

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

test('the HTML page opens from the disk with scripts off', async ({ page, browser }) => {
  const shared = await share(page)
  const html = await saved(page, shared, 'One HTML page')
  const context = await browser.newContext({ javaScriptEnabled: false, offline: true })
  const other = await context.newPage()
  await other.setContent(html)
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(other.locator('body')).toContainText('Switched')
  await expect(other.locator('body')).toContainText('136.0.1')
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
