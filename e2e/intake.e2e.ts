// The ways in which a log comes to the page, and what becomes of things that are no log.
import { gzipSync } from 'node:zlib'
import { dropFiles, expect, open, pasteText, pickFiles, test, type Page } from './utils'

const SWITCHED = `building the system configuration...
these 2 derivations will be built:
  /nix/store/8ia7ggnsmgvj15kkkya2k32q0wq8idkh-unit-nginx.service.drv
  /nix/store/xxgh4bqr9xkkgkzv1ibp9wnf8lhqkjgz-nixos-system-desk-25.05.drv
building '/nix/store/8ia7ggnsmgvj15kkkya2k32q0wq8idkh-unit-nginx.service.drv'...
building '/nix/store/xxgh4bqr9xkkgkzv1ibp9wnf8lhqkjgz-nixos-system-desk-25.05.drv'...
updating GRUB 2 menu...
activating the configuration...
setting up /etc...
reloading the following units: dbus.service
restarting the following units: nginx.service
Done. The new configuration is /nix/store/fqc8sq2hk0f5qfsv5x0ggb0gb1yv2wjm-nixos-system-desk-25.05
`

const FAILED = `building the system configuration...
building '/nix/store/8ia7ggnsmgvj15kkkya2k32q0wq8idkh-hello-2.12.drv'...
error: builder for '/nix/store/8ia7ggnsmgvj15kkkya2k32q0wq8idkh-hello-2.12.drv' failed with exit code 1
`

const file = (name: string, text: string) => ({ name, bytes: Buffer.from(text) })

async function expectVerdict(page: Page, verdict: RegExp) {
  await expect(page).toHaveURL(/\/report\/\?v=1/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(verdict)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
}

test('a file can be dropped anywhere on the page', async ({ page }) => {
  await open(page)
  await dropFiles(page, file('switch.log', SWITCHED))
  await expectVerdict(page, /Switched/)
  await expect(page.getByText('switch.log')).toBeVisible()
})

test('a file can be dropped on a report', async ({ page }) => {
  await open(page)
  await dropFiles(page, file('switch.log', SWITCHED))
  await expectVerdict(page, /Switched/)
  await dropFiles(page, file('failed.log', FAILED))
  await expectVerdict(page, /Failed|failed/)
  await expect(page.getByText('failed.log')).toBeVisible()
})

test('text can be pasted wherever the focus is', async ({ page }) => {
  await open(page)
  await pasteText(page, SWITCHED)
  await expectVerdict(page, /Switched/)
})

test('text that is pasted into the field is read at once', async ({ page }) => {
  await open(page)
  await page.getByRole('textbox', { name: 'Drop a log here, or paste it' }).focus()
  await pasteText(page, FAILED)
  await expectVerdict(page, /Failed|failed/)
})

test('text that is pasted into a search field stays there', async ({ page }) => {
  await open(page)
  await dropFiles(page, file('switch.log', SWITCHED))
  await expectVerdict(page, /Switched/)
  const address = page.url()
  await page.getByRole('textbox', { name: 'Go to line' }).focus()
  await pasteText(page, '3')
  await expect(page.getByRole('textbox', { name: 'Go to line' })).toHaveValue('3')
  expect(page.url()).toBe(address)
})

test('files can be chosen', async ({ page }) => {
  await open(page)
  await pickFiles(page, file('switch.log', SWITCHED))
  await expectVerdict(page, /Switched/)
})

test('text can be typed', async ({ page }) => {
  await open(page)
  const read = page.getByRole('button', { name: 'Read this text' })
  await expect(read).toBeDisabled()
  await page.getByRole('textbox', { name: 'Drop a log here, or paste it' }).fill(SWITCHED)
  await read.click()
  await expectVerdict(page, /Switched/)
})

for (const [title, verdict] of [
  ['Ollama 0.5.13 to 0.6.0', /Switched/],
  ['A build that failed', /Failed|failed/],
  ['Almost all of it downloaded', /./],
] as const) {
  test(`the sample "${title}" is one click away`, async ({ page }) => {
    await open(page)
    await page.getByRole('link', { name: title }).click()
    await expectVerdict(page, verdict)
    await page.reload()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(verdict)
  })
}

test('several files are read one by one', async ({ page }) => {
  await open(page)
  await dropFiles(page, file('a.log', SWITCHED), file('b.log', FAILED))
  await expectVerdict(page, /Switched/)
  await page.getByLabel('File').selectOption('b.log')
  await expectVerdict(page, /Failed|failed/)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Switched/)
  await expect(page.getByLabel('File')).toHaveValue('0')
})

test('a file packed with gzip is unpacked', async ({ page }) => {
  await open(page)
  await dropFiles(page, { name: 'switch.log.gz', bytes: gzipSync(SWITCHED) })
  await expectVerdict(page, /Switched/)
  const log = page.getByRole('region', { name: 'Log text' })
  await expect(log).toContainText('restarting the following units: nginx.service')
})

test('a packed file that is cut off is read as far as it goes', async ({ page }) => {
  await open(page)
  const noise = Array.from({ length: 20_000 }, (_, n) => `line ${(n * 7919) % 10_007}\n`).join('')
  const whole = gzipSync(SWITCHED + noise)
  await dropFiles(page, { name: 'cut.log.gz', bytes: whole.subarray(0, whole.length / 2) })
  await expect(page.getByText(/cut off after byte/)).toBeVisible()
})

test('text of two bytes a character is read', async ({ page }) => {
  await open(page)
  const bytes = Buffer.from(`\ufeff${SWITCHED}`, 'utf16le')
  await dropFiles(page, { name: 'windows.log', bytes })
  await expectVerdict(page, /Switched/)
  const log = page.getByRole('region', { name: 'Log text' })
  await expect(log).toContainText('restarting the following units: nginx.service')
})

for (const [what, name, bytes, said] of [
  ['prose', 'letter.txt', Buffer.from('Dear reader,\nnothing was built.\n'), /not a rebuild log/],
  ['a picture', 'cat.png', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0', 'latin1'), /picture/],
  ['an empty file', 'empty.log', Buffer.alloc(0), /not a rebuild log/],
  ['the start of a packed file', 'log.zst', Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), /cut off/],
] as const) {
  test(`${what} gets a sentence`, async ({ page }) => {
    await open(page)
    await dropFiles(page, { name, bytes })
    await expect(page.getByRole('main')).toContainText(said)
    await expect(page.getByRole('main').getByRole('status').first()).not.toBeEmpty()
    await expect(page.getByRole('textbox', { name: /Drop a log here/ })).toBeVisible()
  })
}

test('a command for a better log is copied, or its button says that it was not', async ({ page }) => {
  await open(page)
  const way = page.getByRole('listitem').filter({ hasText: 'With a time on every line' })
  const button = way.getByRole('button')
  await button.click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe("sudo nixos-rebuild switch 2>&1 | ts '%FT%T%z' | tee upgrade.log")
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  })
  await button.click()
  await expect(button).toHaveAccessibleName('Not allowed command')
})
