// The text of the log: from a fact to its line and back, and text that stays text.
import { dropFiles, expect, open, test, type Locator, type Page } from './utils'

async function openSample(page: Page) {
  await page.goto('report/?v=1&sample=ollama-upgrade')
  await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
}

test('a fact leads to its line, and Back leads to the fact', async ({ page }) => {
  await openSample(page)
  const fact = page.getByRole('region', { name: 'Versions' }).getByRole('link', { name: /line/i }).nth(5)
  await fact.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/section=log&line=\d+/)
  const log = page.getByRole('region', { name: 'Log text' })
  await expect(log).toBeFocused()
  await expect(log.locator('[aria-current="true"]').first()).toBeInViewport()
  await page.getByRole('button', { name: 'Back to where you were' }).click()
  await expect(page).not.toHaveURL(/line=/)
  await expect(fact).toBeFocused()
  await expect(fact).toBeInViewport()
})

test('a window that changes its size after a log was left is no mistake', async ({ page }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Read another log' }).click()
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await page.setViewportSize({ width: 700, height: 700 })
  await page.getByRole('link', { name: /Ollama/ }).click()
  await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible()
  await expect(page.getByText('The program of this page stopped')).toBeHidden()
})

test('an address with a line opens the log at this line', async ({ page }) => {
  await page.goto('report/?v=1&sample=ollama-upgrade&section=log&line=600-602')
  const log = page.getByRole('region', { name: 'Log text' })
  await expect(log.locator('[aria-current="true"]')).toHaveCount(3)
  await expect(log.getByRole('link', { name: '600', exact: true })).toBeInViewport()
})

test('every line can be scrolled to', async ({ page }) => {
  await openSample(page)
  const log = page.getByRole('region', { name: 'Log text' })
  await log.focus()
  for (const wrap of [false, true]) {
    await page.keyboard.press('End')
    await expect(log.getByRole('link', { name: '694', exact: true })).toBeInViewport()
    await page.keyboard.press('Home')
    await expect(log.getByRole('link', { name: '1', exact: true })).toBeInViewport()
    const button = page.getByRole('button', { name: 'Wrap lines' })
    await expect(button).toHaveAttribute('aria-pressed', String(!wrap))
    await button.click()
    await log.focus()
  }
})

test('keys and the wheel move by lines, whether they are wrapped or not', async ({ page }) => {
  await page.goto('report/?v=1&sample=ollama-upgrade&section=log&line=300')
  const log = page.getByRole('region', { name: 'Log text' })
  await expect(log).toBeFocused()
  const line = (number: number) => log.getByRole('link', { name: String(number), exact: true })
  const y = async (place: Locator) => (await place.boundingBox())?.y ?? Number.NaN
  const top = async (number: number) => (await y(line(number))) - (await y(log))
  for (const isWrapped of [true, false]) {
    await expect(page.getByRole('button', { name: 'Wrap lines' })).toHaveAttribute('aria-pressed', String(isWrapped))
    await expect(line(300)).toBeInViewport()
    const start = await top(300)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => top(300)).toBe(start - 24)
    await log.hover()
    await page.mouse.wheel(0, 48)
    await expect.poll(() => top(300)).toBe(start - 72)
    await page.keyboard.press('PageDown')
    await expect(line(300)).not.toBeInViewport()
    await page.keyboard.press('PageUp')
    await expect.poll(() => top(300)).toBe(start - 72)
    await page.keyboard.press('Home')
    await page.getByRole('textbox', { name: 'Go to line' }).fill('300')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Wrap lines' }).click()
    await log.focus()
  }
})

test('a line that does not exist leads to the last one', async ({ page }) => {
  await openSample(page)
  await page.getByRole('textbox', { name: 'Go to line' }).fill('99999')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/line=694/)
})

test('text of a log never becomes markup', async ({ page }) => {
  const script = '<img src=x onerror="document.title=\'broken\'"><script>document.title="broken"</script>'
  const drv = '/nix/store/00000000000000000000000000000000-hello-2.12.drv'
  const text = `building the system configuration...
building '${drv}'...
warning: ${script}
error: builder for '${drv}' failed with exit code 1;
       last 2 log lines:
       > ${script}
       > ${script}
`
  await open(page)
  await dropFiles(page, { name: '<b>x</b>.log', bytes: Buffer.from(text) })
  await expect(page.getByRole('region', { name: 'Log text' })).toContainText(script)
  await expect(page.getByText('<b>x</b>.log')).toBeVisible()
  await expect(page).not.toHaveTitle('broken')
  expect(await page.locator('main img, main script, main b:text-is("x")').count()).toBe(0)
})
