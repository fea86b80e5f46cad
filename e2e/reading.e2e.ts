// While a log is read: progress, cancel, and a page that stays free.
import { dropFiles, expect, open, pasteText, test, type Page } from './utils'

const MEGABYTE = 1_000_000

/** A log of many builds, as large as asked for. */
const LARGE_LOG = `
  (bytes) => {
    const parts = ['building the system configuration...\\n']
    const output = 'x'.repeat(80)
    let length = 0
    for (let n = 0; length < bytes; n += 1) {
      const hash = String(n).padStart(32, '0')
      let text = "building '/nix/store/" + hash + "-package-" + n + "-1.0.drv'...\\n"
      for (let line = 0; line < 200; line += 1) text += 'package-' + n + '> ' + line + ' ' + output + '\\n'
      parts.push(text)
      length += text.length
    }
    return new File(parts, 'large.log')
  }
`

/** Drops such a log; made in the page, so that it does not travel through the test. */
async function dropLargeLog(page: Page, bytes: number) {
  const transfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add((${LARGE_LOG})(${bytes}))
    return transfer
  })()`)
  await page.locator('main').dispatchEvent('drop', { dataTransfer: transfer })
}

/** Collects, from now on, how long tasks keep the page from answering. */
async function watchTasks(page: Page) {
  await page.evaluate(() => {
    const lengths: number[] = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) lengths.push(entry.duration)
    }).observe({ type: 'longtask' })
    Object.assign(window, { taskLengths: lengths })
  })
}

const taskLengths = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { taskLengths: number[] }).taskLengths)

test('a log of 50 MB is read without freezing the page', async ({ page }) => {
  test.slow()
  await open(page)
  await page.getByRole('textbox').waitFor()
  await watchTasks(page)
  await dropLargeLog(page, 50 * MEGABYTE)
  await expect(page.getByRole('progressbar', { name: 'Bytes read' })).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'So far: building.' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('region', { name: 'Log text' })).toContainText('package-0')
  // Making the file is the test's own task, the first; what the page does comes after.
  const lengths = (await taskLengths(page)).slice(1)
  const longest = Math.max(0, ...lengths)
  console.log(`longest task of the page while it reads 50 MB: ${longest.toFixed(0)} ms`)
  // Far above what a free machine needs: the tests share theirs.
  expect(longest).toBeLessThan(500)
})

test('the last of half a million lines can be gone to', async ({ page }) => {
  test.slow()
  await open(page)
  await dropLargeLog(page, 50 * MEGABYTE)
  const log = page.getByRole('region', { name: 'Log text' })
  await expect(log).toBeVisible({ timeout: 60_000 })
  await page.getByRole('textbox', { name: 'Go to line' }).fill('400000')
  await page.keyboard.press('Enter')
  await expect(log.getByRole('link', { name: '400000', exact: true })).toBeInViewport()
  await expect(log.locator('[aria-current="true"]')).toContainText('x'.repeat(80))
  // Far fewer rows than lines are in the document.
  expect(await log.getByRole('link').count()).toBeLessThan(200)
})

for (const [way, cancel] of [
  ['the button', (page: Page) => page.getByRole('button', { name: 'Cancel' }).click()],
  ['Escape', (page: Page) => page.keyboard.press('Escape')],
  ['Back', (page: Page) => page.goBack()],
] as const) {
  test(`reading is given up by ${way}, and another log is read after it`, async ({ page }) => {
    await open(page)
    await page.getByRole('textbox').waitFor()
    await dropLargeLog(page, 100 * MEGABYTE)
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible()
    await cancel(page)
    await expect(page.getByRole('heading', { name: 'What did that rebuild do?' })).toBeFocused()
    await expect(page.getByRole('progressbar')).toHaveCount(0)
    await pasteText(page, "building '/nix/store/00000000000000000000000000000000-hello-2.12.drv'...\n")
    await expect(page.getByRole('region', { name: 'Log text' })).toContainText('hello-2.12')
  })
}

test('a log that comes while another is read takes its place', async ({ page }) => {
  await open(page)
  await page.getByRole('textbox').waitFor()
  await dropLargeLog(page, 100 * MEGABYTE)
  await expect(page.getByRole('progressbar')).toBeVisible()
  const text = "building '/nix/store/00000000000000000000000000000000-hello-2.12.drv'...\n"
  await dropFiles(page, { name: 'small.log', bytes: Buffer.from(text) })
  await expect(page.getByRole('main')).toContainText('small.log')
  await expect(page.getByRole('region', { name: 'Log text' })).toContainText('hello-2.12')
})
