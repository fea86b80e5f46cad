// Every page in every state: no wider than the window, without a fault that axe finds, and with
// pictures of each in `e2e/pictures/` for those who look after the design.
import { expect, expectAccessible, test, type Page } from './utils'
import { PRINTED, STATES, openReport } from './states'

/** From a small window at 400 % (WCAG 1.4.10) to a wide screen. */
const WIDTHS = [320, 360, 768, 1440]

/** Widths at which axe looks: below and above what the layout turns on. */
const CHECKED = [360, 1440]

/** Widths that pictures are taken of. */
const PICTURED = [360, 768, 1440]

/** What a sheet of A4 has between its margins, in CSS pixels. */
const SHEET = { width: 718, height: 1046 }

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

/** The notes beside a report open by themselves only in a window that has room for them. */
const asIfOpenedHere = (page: Page) =>
  page.evaluate(() => {
    const notes = document.querySelectorAll<HTMLDetailsElement>('.margin-note > details')
    for (const note of notes) note.open = innerWidth >= 1200
  })

for (const [name, state] of Object.entries(STATES)) {
  test.describe(name, () => {
    test.use({ expectedErrors: state.errors ? [state.errors] : [] })

    test('fits every window and is accessible, in light and dark', async ({ page }) => {
      test.setTimeout(240_000)
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await state.bring(page)
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        expect(await overflow(page), `wider than ${width} px`).toBeLessThanOrEqual(0)
        await asIfOpenedHere(page)
        await state.at?.(page).evaluate((it) => it.scrollIntoView({ block: 'center' }))
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          const path = `pictures/${name}-${width}-${colorScheme}.png`
          const fullPage = !state.at
          if (PICTURED.includes(width)) await page.screenshot({ path, fullPage, animations: 'disabled' })
          const rules = colorScheme === 'dark' ? ['color-contrast'] : []
          if (CHECKED.includes(width)) await expectAccessible(page, ...rules)
        }
      }
    })
  })
}

for (const name of PRINTED) {
  test(`${name} fits on paper`, async ({ page }) => {
    await STATES[name]?.bring(page)
    await page.setViewportSize(SHEET)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await page.screenshot({ path: `pictures/${name}-printed.png`, fullPage: true, animations: 'disabled' })
    await expect(page.getByRole('button')).toHaveCount(0)
  })
}

test('in the colours that a person forces, everything can still be told apart', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await openReport(page, 'sample=failed-build')
  await page.screenshot({ path: 'pictures/report-failed-forced.png', fullPage: true, animations: 'disabled' })
  await expectAccessible(page)
  const icon = page.getByRole('heading', { level: 1 }).locator('svg')
  await expect(icon).toBeVisible()
  const focused = page.getByRole('link', { name: 'Read another log' })
  await focused.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  const width = await focused.evaluate((it) => Number.parseFloat(getComputedStyle(it).outlineWidth))
  expect(width).toBeGreaterThan(0)
})
