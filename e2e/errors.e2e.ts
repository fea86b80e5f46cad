// What goes wrong outside of the site's own hands: each time a sentence, and what there is stays.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dropFiles, expect, open, test, type Page } from './utils'

const LOG = "building '/nix/store/00000000000000000000000000000000-hello-2.12.drv'...\nhello> compiling\n"
const log = { name: 'mine.log', bytes: Buffer.from(LOG) }

/** Puts a script before that of the worker which reads logs; of the first one alone, or of each. */
async function beforeWorker(page: Page, script: string, which: 'first' | 'each' = 'each') {
  let n_workers = 0
  await page.route(/worker_loader/, async (route) => {
    n_workers += 1
    const response = await route.fetch()
    const isMeant = which === 'each' || n_workers === 1
    await route.fulfill({ response, body: (isMeant ? script : '') + (await response.text()) })
  })
}

/** What a worker does instead of reading. */
const onRequest = (deed: string) => `
  self.addEventListener('message', (event) => {
    event.stopImmediatePropagation()
    ${deed}
  })
`

for (const [name, deed] of [
  ['crashes', "throw new WebAssembly.RuntimeError('unreachable')"],
  ['runs out of memory', "throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded')"],
] as const) {
  test.describe(`a worker that ${name}`, () => {
    test.use({ expectedErrors: [/unreachable|Maximum memory/] })

    test('is told, and the next log is read', async ({ page }) => {
      page.removeAllListeners('pageerror')
      await beforeWorker(page, onRequest(deed), 'first')
      await open(page)
      await dropFiles(page, log)
      await expect(page.getByRole('main')).toContainText('stopped in the middle of this one')
      await dropFiles(page, log)
      await expect(page.getByRole('region', { name: 'Log text' })).toContainText('hello> compiling')
    })
  })
}

test('a worker that the system ended without a word is told after a while', async ({ page }) => {
  await page.clock.install()
  await beforeWorker(page, onRequest('self.close()'))
  await open(page)
  await dropFiles(page, log)
  await expect(page.getByRole('heading', { name: 'Reading the log' })).toBeVisible()
  await page.clock.fastForward(31_000)
  await expect(page.getByRole('status').filter({ hasText: 'Nothing was heard' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { name: 'What did that rebuild do?' })).toBeFocused()
})

/** A file that the browser gives up to a point. */
const givenUpTo = (bytes: number) => `
  Blob.prototype.stream = function () {
    const start = this.slice(0, ${bytes})
    let isOver = ${bytes} === 0
    return new ReadableStream({
      async pull(controller) {
        if (isOver) return controller.error(new DOMException('gone', 'NotReadableError'))
        isOver = true
        controller.enqueue(new Uint8Array(await start.arrayBuffer()))
      },
    })
  }
`

test('a file that cannot be read gets a sentence', async ({ page }) => {
  await beforeWorker(page, givenUpTo(0))
  await open(page)
  await dropFiles(page, log)
  await expect(page.getByRole('main')).toContainText('The browser could not read the file')
})

test('of a file that cannot be read to its end, what came before is shown', async ({ page }) => {
  await beforeWorker(page, givenUpTo(LOG.indexOf('hello>')))
  await open(page)
  await dropFiles(page, log)
  const main = page.getByRole('main')
  await expect(main).toContainText('could not read the file to its end')
  await expect(main).toContainText('What came before that was read.')
  await expect(page.getByRole('region', { name: 'Builds', exact: true })).toContainText('hello')
})

test('a file that changes on the disk after it was read is told, and the report stays', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'rebuildscope-'))
  const path = join(folder, 'changing.log')
  writeFileSync(path, LOG + 'hello> compiling on and on\n'.repeat(50_000))
  await open(page)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles(path)
  const text = page.getByRole('region', { name: 'Log text' })
  await expect(text).toContainText('hello> compiling')
  truncateSync(path, 100)
  await page.getByRole('textbox', { name: 'Go to line' }).fill('40000')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'can no longer read the text' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Builds', exact: true })).toContainText('hello')
  rmSync(folder, { recursive: true })
})

test.describe('lines that cannot be had', () => {
  test.use({ expectedErrors: [/ERR_FAILED/] })

  test('are told, and the report stays', async ({ page }) => {
    await page.route(/read_lines/, (route) => route.abort())
    await open(page)
    await dropFiles(page, log)
    await expect(page.getByRole('alert').filter({ hasText: 'could not be loaded' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Builds', exact: true })).toContainText('hello')
  })
})

test('a device that is full while the log is kept is told, and the report stays', async ({ page }) => {
  await page.addInitScript(() => {
    FileSystemWritableFileStream.prototype.write = () => Promise.reject(new DOMException('no', 'QuotaExceededError'))
  })
  await open(page)
  await dropFiles(page, log)
  await expect(page.getByText('There is no room to keep it')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Log text' })).toContainText('hello> compiling')
})

test('a clipboard that is denied is told wherever something is copied', async ({ page }) => {
  await page.addInitScript(() => {
    const denied = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
    Object.assign(Clipboard.prototype, { write: denied, writeText: denied })
  })
  await open(page)
  await page.getByRole('button', { name: /^Copy/ }).first().click()
  await expect(page.getByText('Not allowed').first()).toBeVisible()
  await page.getByRole('link', { name: /Ollama/ }).click()
  const versions = page.getByRole('region', { name: 'Versions', exact: true })
  await versions.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(versions.getByRole('status').filter({ hasText: 'did not allow it' })).toBeVisible()
  await versions.getByRole('button', { name: 'Copy as table' }).first().click()
  await expect(versions.getByRole('status').filter({ hasText: 'did not allow it' }).first()).toBeVisible()
})
