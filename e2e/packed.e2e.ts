// Packed logs: each is unpacked in the page, by a program that is fetched for it alone.
import { gzipSync } from 'node:zlib'
import { dropFiles, expect, logFile, open, test, type LogFile, type Page } from './utils'

const packed = (name: string) => logFile(`../unpack/tests/fixtures/${name}`)

/** The programs for unpacking that the page asks for from now on. */
function unpackersOf(page: Page): Set<string> {
  const asked = new Set<string>()
  page.on('request', (request) => {
    const program = /unpack_[a-z0-9]+/.exec(request.url())
    if (program) asked.add(program[0])
  })
  return asked
}

async function expectLog(page: Page, file: LogFile, verdict = /Switched/) {
  await dropFiles(page, file)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(verdict)
  const log = page.getByRole('region', { name: 'Log text' })
  await expect(log).toContainText('building the system configuration...')
}

for (const [name, unpacker] of [
  ['rebuild.log.zst', 'unpack_zstd'],
  ['rebuild.log.bz2', 'unpack_bzip2'],
  ['rebuild.log.xz', 'unpack_xz'],
  ['rebuild.zip', 'unpack_inflate'],
  ['rebuild.tar.gz', 'unpack_inflate'],
] as const) {
  test(`${name} is unpacked by a program that is fetched for it`, async ({ page }) => {
    const asked = unpackersOf(page)
    await open(page)
    await expectLog(page, packed(name))
    expect([...asked]).toEqual([unpacker])
  })
}

test('a log that is not packed, or by gzip, needs no such program', async ({ page }) => {
  const asked = unpackersOf(page)
  await open(page)
  await expectLog(page, logFile('../analyzer/tests/fixtures/nix-2.34.8/rebuild-ng.log'))
  await expectLog(page, packed('rebuild.log.gz'))
  expect([...asked]).toEqual([])
})

async function goToLine(page: Page, line: number) {
  await page.getByRole('textbox', { name: 'Go to line' }).fill(String(line))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`line=${line}`))
}

test('lines of a packed log can be gone to', async ({ page }) => {
  await open(page)
  await expectLog(page, packed('rebuild.log.xz'))
  await goToLine(page, 241)
  await expect(page.getByRole('region', { name: 'Log text' })).toContainText('nixos-system-host')
})

test('members of a gzip file that follow each other are one log', async ({ page }) => {
  const asked = unpackersOf(page)
  await open(page)
  const more = "building '/nix/store/8ia7ggnsmgvj15kkkya2k32q0wq8idkh-hello-2.12.drv'...\n"
  const bytes = Buffer.concat([packed('rebuild.log.gz').bytes, gzipSync(more)])
  await expectLog(page, { name: 'joined.log.gz', bytes })
  await goToLine(page, 242)
  await expect(page.getByRole('region', { name: 'Log text' })).toContainText('hello-2.12')
  // The browser reads the first member only.
  expect([...asked]).toEqual(['unpack_inflate'])
})

test('a packed log that is cut off is read as far as it goes', async ({ page }) => {
  await open(page)
  const { bytes } = packed('rebuild.log.xz')
  const half = bytes.subarray(0, bytes.length / 2)
  await expectLog(page, { name: 'cut.log.xz', bytes: half }, /The end is unknown/)
  await expect(page.getByText('The packed file is cut off after byte 1328.')).toBeVisible()
})

test('an archive of several logs says which one was read', async ({ page }) => {
  await open(page)
  await dropFiles(page, packed('several.zip'))
  await expect(page.getByText(/the first, logs\/other\.log, was read/)).toBeVisible()
})

test.describe('a program for unpacking that cannot be fetched', () => {
  test.use({ expectedErrors: [/ERR_FAILED/] })

  test('is named, and other logs are read', async ({ page }) => {
    await page.route(/unpack_zstd/, (route) => route.abort())
    await open(page)
    await dropFiles(page, packed('rebuild.log.zst'))
    await expect(page.getByRole('main')).toContainText(
      'The part of this site that unpacks zstd could not be loaded.',
    )
    await expectLog(page, packed('rebuild.log.bz2'))
  })
})
