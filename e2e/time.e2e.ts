// The chart of time: zooming, moving, and what it says of a bar.
import { fileURLToPath } from 'node:url'
import { dropFiles, expect, expectAccessible, logFile, open, test, type Locator, type Page } from './utils'

const FIXTURES = fileURLToPath(new URL('../analyzer/tests/fixtures/', import.meta.url))

async function openTime(page: Page, query = ''): Promise<Locator> {
  await open(page, `report/?v=1&sample=ollama-upgrade&section=time${query}`)
  const chart = page.getByRole('application', { name: /^Timeline/ })
  await chart.scrollIntoViewIfNeeded()
  return chart
}

/** What is in view, as the page says it. */
const inView = (page: Page): Locator => page.getByText(/^(All of .+|.+ to .+ of 5:10)$/)

test('buttons zoom and move the timeline, and the address keeps what is in view', async ({ page }) => {
  await openTime(page)
  await expect(inView(page)).toHaveText('All of 5:10')
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await expect(inView(page)).toHaveText('1:18 to 3:53 of 5:10')
  await page.getByRole('button', { name: 'Move to the right' }).click()
  await expect(inView(page)).toHaveText('1:56 to 4:31 of 5:10')
  await expect(page).toHaveURL(/window=116250-271250/)
  await page.reload()
  await expect(inView(page)).toHaveText('1:56 to 4:31 of 5:10')
  await page.getByRole('button', { name: 'Show all', exact: true }).click()
  await expect(page).not.toHaveURL(/window=/)
})

test('keys zoom, move and go through the bars', async ({ page }) => {
  const chart = await openTime(page)
  await chart.focus()
  await page.keyboard.press('+')
  await page.keyboard.press('ArrowLeft')
  await expect(inView(page)).toHaveText('0:39 to 3:14 of 5:10')
  await page.keyboard.press('0')
  await expect(inView(page)).toHaveText('All of 5:10')
  const hint = page.getByText('Point at a bar')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('button', { name: 'Zoom to it' })).toBeVisible()
  await expect(hint).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(inView(page)).not.toHaveText('All of 5:10')
  await page.keyboard.press('0')
  await page.keyboard.press('ArrowUp')
  await expect(hint).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(hint).toBeVisible()
})

test('a bar that is pointed at says what is known of it', async ({ page }) => {
  const chart = await openTime(page)
  const time = page.getByRole('region', { name: 'Time' })
  await expect(time.getByText('Point at a bar')).toBeVisible()
  await chart.getByText('ollama-0.6.0, ≥ 4 min 47 s').hover({ force: true })
  await expect(time.getByText(/^≥ 4:47/).first()).toContainText('at least')
  await expect(time.getByRole('link', { name: /Line 233/ })).toBeVisible()
  await chart.click({ position: { x: 3, y: 3 } })
  await expect(time.getByText('Point at a bar')).toBeVisible()
})

test('the wheel with Ctrl zooms where the pointer is, and dragging moves', async ({ page }) => {
  const chart = await openTime(page)
  const box = (await chart.boundingBox())!
  await page.mouse.move(box.x + 1, box.y + 60)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -240)
  await page.keyboard.up('Control')
  await expect(inView(page)).toHaveText(/^0:00 to 2:3\d of 5:10$/)
  await page.mouse.move(box.x + box.width * 0.75, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.25, box.y + 60, { steps: 4 })
  await page.mouse.up()
  await expect(inView(page)).toHaveText(/^1:1\d to 3:5\d of 5:10$/)
})

test.describe('with fingers', () => {
  test.use({ hasTouch: true, viewport: { width: 400, height: 800 } })

  test('two fingers zoom and one moves', async ({ page }) => {
    const chart = await openTime(page)
    const { x, y, width } = (await chart.boundingBox())!
    const touch = await page.context().newCDPSession(page)
    const send = (type: string, ...shares: number[]) =>
      touch.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints: shares.map((share, id) => ({ x: x + width * share, y: y + 60, id })),
      })
    await send('touchStart', 0.4, 0.6)
    await send('touchMove', 0.3, 0.7)
    await send('touchEnd')
    await expect(inView(page)).toHaveText(/^1:1\d to 3:5\d of 5:10$/)
    await send('touchStart', 0.25)
    await send('touchMove', 0.5)
    await send('touchMove', 0.75)
    await send('touchEnd')
    await expect(inView(page)).toHaveText(/^0:[0-5]\d to 2:[23]\d of 5:10$/)
  })
})

test('a log without a clock is drawn in order, says so, and can be zoomed too', async ({ page }) => {
  await open(page)
  await dropFiles(page, logFile(`${FIXTURES}nix-2.34.8/json-builder-exit.log`))
  const time = page.getByRole('region', { name: 'Time' })
  await expect(time.getByText('Order only.')).toBeVisible()
  await time.getByRole('button', { name: 'Zoom in' }).click()
  await expect(time.getByText(/^Lines [\d,]+ to [\d,]+ of/)).toBeVisible()
  await time.getByRole('application').focus()
  await page.keyboard.press('ArrowDown')
  await expect(time.getByText(/^(Builds started|Failures|Paths copied): \d/)).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a zoomed timeline is accessible in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const chart = await openTime(page, '&window=60000-200000')
    await chart.focus()
    await page.keyboard.press('ArrowDown')
    await expectAccessible(page)
  })
}

/** Three derivations of which the first two are listed because the third needs them. */
const PLANNED = (() => {
  const path = (first: string, name: string) => `/nix/store/${first.repeat(32)}-${name}.drv`
  const [library, tool, app, other] =
    [path('d', 'library-1.0'), path('c', 'tool-2.0'), path('b', 'app-3.0'), path('f', 'other-4.0')]
  const all = [library, tool, app, other]
  return [
    'building the system configuration...',
    'these 4 derivations will be built:',
    ...all.map((it) => `  ${it}`),
    ...all.map((it) => `building '${it}'...`),
    'activating the configuration...',
  ].join('\n')
})()

test('what is made of what is a tree, where the plan tells', async ({ page }) => {
  await open(page)
  await dropFiles(page, { name: 'planned.log', bytes: Buffer.from(PLANNED + '\n') })
  const time = page.getByRole('region', { name: 'Time' })
  await time.getByText('What is made of what').click()
  const app = time.getByRole('listitem').filter({ hasText: 'app-3.0' })
  await expect(app.getByRole('listitem')).toHaveText([/tool-2\.0.*1 below/])
  await app.getByText('1 below').click()
  await expect(app.getByRole('listitem').getByRole('listitem')).toHaveText([/library-1\.0/])
  await expect(time.getByText('1 more derivation stands for itself')).toBeVisible()
  // It folds by keyboard.
  const summary = app.locator('summary').first()
  await summary.focus()
  await page.keyboard.press('Enter')
  await expect(app.getByText('tool-2.0')).toBeHidden()
  await expectAccessible(page)
})

test('where nothing tells what is made of what, a sentence says why', async ({ page }) => {
  await open(page)
  const bytes = Buffer.from("building the system configuration...\nbuilding '/nix/store/" + 'a'.repeat(32) + "-it-1.drv'...\n")
  await dropFiles(page, { name: 'one.log', bytes })
  const time = page.getByRole('region', { name: 'Time' })
  await expect(time.getByText('The log does not tell which of these is made of which')).toBeVisible()
})
