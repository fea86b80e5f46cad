// The text of the log: from a fact to its line and back, and text that stays text.
import { dropFiles, expect, expectAccessible, open, test, type Locator, type Page } from './utils'

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
  // Rows come before their text, and change their height with it.
  await expect(line(300).locator('..')).toContainText('2025-03-13')
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

test('a short log is there to its last line where its lines are wrapped', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await open(page)
  const line = `building '/nix/store/${'0'.repeat(32)}-a-package-with-a-long-name-1.0.drv'...`
  await dropFiles(page, { name: 'short.log', bytes: Buffer.from(`${line}\n`.repeat(17) + 'the end\n') })
  const log = page.getByRole('region', { name: 'Log text' })
  const last = log.getByRole('link', { name: '18', exact: true })
  await expect(log).toContainText('the end')
  await last.scrollIntoViewIfNeeded()
  await expect(last).toBeInViewport()
  await log.focus()
  await page.keyboard.press('Home')
  // The browser moves the box slowly, and would go on moving it.
  await expect.poll(() => log.evaluate((box) => box.scrollTop)).toBe(0)
  await expect(last).not.toBeInViewport()
  await page.getByRole('textbox', { name: 'Go to line' }).fill('9')
  await page.keyboard.press('Enter')
  await expect(log.locator('[aria-current="true"]')).toBeInViewport()
})

for (const { log, n_lines, line } of [
  { log: 'short', n_lines: 20, line: '2' },
  { log: 'long', n_lines: 2000, line: '1500' },
]) {
  test(`a line that is gone to while a ${log} log still moves is shown`, async ({ page }) => {
    const text = `building '/nix/store/${'0'.repeat(32)}-hello-2.12.drv'...\n`
    // No room for the controls of the log and its text, as at a zoom of 400 %.
    await page.setViewportSize({ width: 320, height: 256 })
    await open(page)
    await dropFiles(page, { name: 'moving.log', bytes: Buffer.from(text.repeat(n_lines)) })
    const shown = page.getByRole('region', { name: 'Log text' })
    await expect(shown.getByRole('link', { name: '1', exact: true })).toBeVisible()
    const field = await page.getByRole('textbox', { name: 'Go to line' }).elementHandle()
    await shown.evaluate(
      (box, [field, line]) => {
        if (!(field instanceof HTMLInputElement)) throw new Error('no field')
        // The page is told of the movement only after it was told of the line.
        box.scrollTop = box.scrollHeight
        field.value = line
        field.dispatchEvent(new Event('change', { bubbles: true }))
      },
      [field, line] as const,
    )
    await expect(shown.locator('[aria-current="true"]')).toBeInViewport()
  })
}

test('the number of a line stays on one line, whatever its length', async ({ page }) => {
  const drv = '/nix/store/00000000000000000000000000000000-hello-2.12.drv'
  const text = `building '${drv}'...\n${'\n'.repeat(10_000_000)}the last line\n`
  await open(page)
  await dropFiles(page, { name: 'long.log', bytes: Buffer.from(text) })
  const log = page.getByRole('region', { name: 'Log text' })
  const height = async (name: string) => (await log.getByRole('link', { name, exact: true }).boundingBox())?.height
  await log.focus()
  await page.keyboard.press('Home')
  const expected = await height('1')
  await page.keyboard.press('End')
  await expect(log).toContainText('the last line')
  expect(await height('10000002')).toBe(expected)
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

/** A log in colour, of two derivations whose lines lie together. */
const COLOURED = `these 2 derivations will be built:
  /nix/store/00000000000000000000000000000000-alpha-1.0.drv
  /nix/store/11111111111111111111111111111111-beta-2.0.drv
building '/nix/store/00000000000000000000000000000000-alpha-1.0.drv'...
building '/nix/store/11111111111111111111111111111111-beta-2.0.drv'...
${Array.from({ length: 2000 }, (_, i) => `${i % 2 ? 'alpha' : 'beta'}> step ${i}`).join('\n')}
\x1b[31;1merror:\x1b[0m the last line
`
const coloured = { name: 'coloured.log', bytes: Buffer.from(COLOURED) }

test('a search counts lines, and leads from one to the next', async ({ page }) => {
  await open(page)
  await dropFiles(page, coloured)
  const log = page.getByRole('region', { name: 'Log text' })
  const search = page.getByRole('search', { name: 'Search the log' })
  const field = search.getByRole('searchbox', { name: 'Find in the log' })
  await field.fill('STEP 1999'.toLowerCase())
  await field.press('Enter')
  await expect(search.getByRole('status')).toHaveText('1 of 1 line')
  await expect(log.locator('mark')).toHaveText('step 1999')
  await expect(log.locator('mark')).toBeInViewport()
  await field.fill('beta> step \\d*7$')
  await search.getByRole('button', { name: 'Regular expression' }).click()
  await field.press('Enter')
  await expect(search.getByRole('status')).toHaveText('No line matches.')
  await field.fill('alpha> step 1?7$')
  await field.press('Enter')
  await expect(search.getByRole('status')).toHaveText('1 of 2 lines')
  await search.getByRole('button', { name: 'Next match' }).click()
  await expect(search.getByRole('status')).toHaveText('2 of 2 lines')
  await expect(log.locator('[aria-current="true"]')).toContainText('alpha> step 17')
  await search.getByRole('button', { name: 'Next match' }).click()
  await expect(search.getByRole('status')).toHaveText('1 of 2 lines')
  await field.fill('a(')
  await field.press('Enter')
  await expect(search.getByRole('status')).toContainText('This is no regular expression')
})

test('colours of the terminal are colours of the page', async ({ page }) => {
  await open(page)
  await dropFiles(page, coloured)
  const log = page.getByRole('region', { name: 'Log text' })
  await log.focus()
  await page.keyboard.press('End')
  const word = log.getByText('error:', { exact: true })
  await expect(word).toHaveCSS('font-weight', '700')
  const [word_colour, text_colour] = await Promise.all([
    word.evaluate((it) => getComputedStyle(it).color),
    log.getByText('the last line').evaluate((it) => getComputedStyle(it).color),
  ])
  expect(word_colour).not.toBe(text_colour)
})

test('one derivation is shown alone, with the numbers that its lines have', async ({ page }) => {
  await open(page)
  await dropFiles(page, coloured)
  const log = page.getByRole('region', { name: 'Log text' })
  await page.getByRole('combobox', { name: 'Lines of' }).selectOption({ label: 'alpha 1.0, 1,000 lines' })
  await expect(log).not.toContainText('beta> step')
  await expect(log).toContainText('alpha> step 1')
  await expect(log.getByRole('link', { name: '7', exact: true })).toBeVisible()
  await page.getByRole('combobox', { name: 'Lines of' }).selectOption({ label: 'the whole log' })
  await expect(log).toContainText('beta> step')
})

/** Two derivations, one after the other, of which the second fails, and two that take turns. */
const OUTPUT = `these 4 derivations will be built:
  /nix/store/00000000000000000000000000000000-alpha-1.0.drv
  /nix/store/11111111111111111111111111111111-beta-2.0.drv
  /nix/store/22222222222222222222222222222222-gamma-3.0.drv
  /nix/store/33333333333333333333333333333333-delta-4.0.drv
building '/nix/store/00000000000000000000000000000000-alpha-1.0.drv'...
${Array.from({ length: 2000 }, (_, i) => `alpha> step ${i}`).join('\n')}
building '/nix/store/22222222222222222222222222222222-gamma-3.0.drv'...
building '/nix/store/33333333333333333333333333333333-delta-4.0.drv'...
${Array.from({ length: 2000 }, (_, i) => `${i % 2 ? 'gamma' : 'delta'}> step ${i}`).join('\n')}
building '/nix/store/11111111111111111111111111111111-beta-2.0.drv'...
beta> one
beta> two
error: builder for '/nix/store/11111111111111111111111111111111-beta-2.0.drv' failed with exit code 1
`
const output = { name: 'output.log', bytes: Buffer.from(OUTPUT) }

/** The row that stands for the output of a derivation. */
const fold = (page: Page, name: string | RegExp) =>
  page.getByRole('region', { name: 'Log text' }).getByRole('button', { name })

test('the output of each derivation is folded to one line, but for those that failed', async ({ page }) => {
  await open(page)
  await dropFiles(page, output)
  const log = page.getByRole('region', { name: 'Log text' })
  await page.getByRole('button', { name: 'Fold output' }).click()
  await expect(page).toHaveURL(/fold=failed/)
  await expect(fold(page, 'alpha: 2,000 lines')).toHaveAttribute('aria-expanded', 'false')
  await expect(fold(page, 'delta and others in turn: 2,000 lines')).toHaveAttribute('aria-expanded', 'false')
  await expect(fold(page, 'beta (failed): 2 lines')).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByRole('status').filter({ hasText: '3 groups, 4,000 lines folded' })).toBeVisible()
  await expect(log).toContainText('beta> two')
  await expect(log).not.toContainText('alpha> step')
  await expect(log.getByRole('link', { name: '2007', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Fold all', exact: true }).click()
  await expect(log).not.toContainText('beta> two')
  await expect(log).toContainText('error: builder for')
  await page.getByRole('button', { name: 'Unfold all' }).click()
  await expect(log).toContainText('alpha> step 3')
  await page.getByRole('button', { name: 'Without folds' }).click()
  await expect(page).not.toHaveURL(/fold=/)
  await expect(fold(page, /lines$/)).toHaveCount(0)
})

test('folded output opens by keyboard, keeps the focus, and stays as it was after a reload', async ({ page }) => {
  await open(page)
  await dropFiles(page, output)
  await expect(page.getByText('Kept in this tab until you close it.')).toBeVisible()
  const log = page.getByRole('region', { name: 'Log text' })
  await page.getByRole('button', { name: 'Fold output' }).press('Enter')
  await fold(page, /^alpha/).focus()
  for (const [key, isOpen] of [['Space', true], ['Enter', false], ['Enter', true]] as const) {
    await page.keyboard.press(key)
    await expect(fold(page, /^alpha/)).toHaveAttribute('aria-expanded', String(isOpen))
    await expect(fold(page, /^alpha/)).toBeFocused()
  }
  await expect(log).toContainText('alpha> step 1')
  await expect(page).toHaveURL(/fold=failed\.7/)
  await page.reload()
  await expect(fold(page, /^alpha/)).toHaveAttribute('aria-expanded', 'true')
  await expect(log).toContainText('alpha> step 1')
})

test('a line, a match and a copy reach into what is folded', async ({ page }) => {
  await open(page)
  await dropFiles(page, output)
  const log = page.getByRole('region', { name: 'Log text' })
  await page.getByRole('button', { name: 'Fold output' }).click()
  await page.getByRole('button', { name: 'Fold all', exact: true }).click()
  await page.getByRole('textbox', { name: 'Go to line' }).fill('1506')
  await page.keyboard.press('Enter')
  await expect(log.locator('[aria-current="true"]')).toContainText('alpha> step 1499')
  await expect(log.locator('[aria-current="true"]')).toBeInViewport()
  await page.getByRole('button', { name: 'Fold all', exact: true }).click()
  const search = page.getByRole('search', { name: 'Search the log' })
  const field = search.getByRole('searchbox', { name: 'Find in the log' })
  await field.fill('step 1234')
  await field.press('Enter')
  await expect(search.getByRole('status')).toHaveText('1 of 2 lines')
  await expect(log.locator('mark')).toBeInViewport()
  await expect(log).toContainText('alpha> step 1234')
  await search.getByRole('button', { name: 'Next match' }).click()
  await expect(log.locator('mark')).toHaveText('step 1234')
  await expect(log.locator('[aria-current="true"]')).toContainText('delta> step 1234')
  await page.getByRole('button', { name: 'Fold all', exact: true }).click()
  await log.focus()
  await page.keyboard.press('Home')
  await log.getByRole('link', { name: '6', exact: true }).click()
  await log.getByRole('link', { name: '2007', exact: true }).click({ modifiers: ['Shift'] })
  await page.getByRole('button', { name: 'Copy 2,002 lines' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Copied.' })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.trimEnd().split('\n')).toHaveLength(2002)
  expect(copied).toContain('alpha> step 1999')
})

test('folded output is accessible, on a phone too', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await open(page)
  await dropFiles(page, output)
  await page.getByRole('button', { name: 'Fold output' }).click()
  await expect(fold(page, /^alpha/)).toBeVisible()
  await expectAccessible(page)
})

test('a range of lines is chosen with Shift and copied whole', async ({ page }) => {
  await page.goto('report/?v=1&sample=ollama-upgrade&section=log&line=12')
  const log = page.getByRole('region', { name: 'Log text' })
  await log.getByRole('link', { name: '15', exact: true }).click({ modifiers: ['Shift'] })
  await expect(page).toHaveURL(/line=12-15/)
  await page.getByRole('button', { name: 'Copy 4 lines' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Copied.' })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.trimEnd().split('\n')).toHaveLength(4)
  expect(copied).toContain('udev-rules.drv')
})

test('all lines are chosen and copied by their keys, also those that are not in the document', async ({ page }) => {
  await openSample(page)
  const log = page.getByRole('region', { name: 'Log text' })
  await log.focus()
  await page.keyboard.press('Control+a')
  await expect(page).toHaveURL(/line=1-694/)
  await expect(page.getByRole('button', { name: 'Copy 694 lines' })).toBeVisible()
  await expect(log).toBeFocused()
  await page.keyboard.press('Control+c')
  await expect(page.getByText('Copied.', { exact: true })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.trimEnd().split('\n')).toHaveLength(694)
})

test('a clipboard that is denied is told', async ({ page }) => {
  await page.goto('report/?v=1&sample=ollama-upgrade&section=log&line=12')
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  })
  await page.getByRole('button', { name: 'Copy the line' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'did not let this page use the clipboard' })).toBeVisible()
})
