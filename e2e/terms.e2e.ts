// Words of the glossary: what they mean, where they stand.
import { expect, open, test, type Page } from './utils'

const SAMPLES = ['ollama-upgrade', 'failed-build', 'fetch-heavy']

async function openReport(page: Page, sample: string) {
  await page.goto(`report/?v=1&sample=${sample}`)
  await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible()
}

const tip = (page: Page) => page.getByRole('tooltip')

/** The first term in the notes of a report. */
const inNote = (page: Page) => page.locator('.margin-note a.term:visible').first()

for (const sample of SAMPLES) {
  test(`the words of the report on ${sample} are in the glossary`, async ({ page, request, baseURL }) => {
    await openReport(page, sample)
    const terms = page.getByRole('main').locator('a[data-term]')
    const ids = await terms.evaluateAll((all) => all.map((term) => term.getAttribute('data-term') ?? ''))
    expect(ids.length).toBeGreaterThan(5)
    const known = await (await request.get(new URL('learn/glossary/terms.json', baseURL).href)).json()
    for (const id of ids) expect(known[id], id).toBeTruthy()
  })
}

test('a term beside the report says what it means when it is pointed at or has the focus', async ({ page }) => {
  await openReport(page, 'ollama-upgrade')
  const term = inNote(page)
  await term.hover()
  await expect(tip(page)).toContainText(':')
  // It stays while one points at it, and goes when one asks.
  await tip(page).hover()
  await expect(tip(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(tip(page)).toBeHidden()
  await page.mouse.move(0, 0)
  await term.focus()
  await expect(tip(page)).toBeVisible()
  await expect(term).toHaveAccessibleDescription(/.{20}/)
  const opened = page.waitForEvent('popup')
  await page.keyboard.press('Enter')
  await expect(await opened).toHaveURL(/learn\/glossary\/#/)
  await expect(page).toHaveURL(/sample=ollama-upgrade/)
})

/** The heading of a column, and the word of the glossary in it. */
const heading = (page: Page, label: string) => {
  const column = page.getByRole('columnheader', { name: label, exact: true }).first()
  return { column, term: column.getByRole('link', { name: label, exact: true }) }
}

test('the heading of a column says what its word means, and stays the name of the column', async ({ page }) => {
  await openReport(page, 'ollama-upgrade')
  for (const [label, words] of [
    ['Derivation', 'recipe'],
    ['Substituter', 'finished store paths'],
    ['Input', 'flake'],
  ] as const) {
    const { column, term } = heading(page, label)
    await expect(column).toHaveText(label)
    await term.hover()
    await expect(tip(page)).toContainText(words)
    await page.mouse.move(0, 0)
    await expect(tip(page)).toBeHidden()
    await term.focus()
    await expect(tip(page)).toContainText(words)
    await expect(term).toHaveAccessibleDescription(new RegExp(words))
    await page.keyboard.press('Escape')
    await expect(tip(page)).toBeHidden()
  }
})

test('Escape closes a definition in an article first, and then the article', async ({ page }) => {
  await page.goto('report/?v=1&sample=ollama-upgrade&article=garbage-collection')
  const pane = page.getByRole('complementary', { name: 'Garbage collection' })
  await pane.locator('a.term').first().focus()
  await expect(tip(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(tip(page)).toBeHidden()
  await expect(pane).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(pane).toBeHidden()
})

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 800 } })

  test('the first tap on a term of an article says what it means, the second leads there', async ({ page }) => {
    await open(page, 'learn/garbage-collection/')
    const term = page.locator('a.term').first()
    await term.tap()
    await expect(tip(page)).toContainText(':')
    await expect(page).toHaveURL(/learn\/garbage-collection\/$/)
    await page.getByRole('heading', { level: 1 }).tap()
    await expect(tip(page)).toBeHidden()
    await term.tap()
    await expect(tip(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(tip(page)).toBeHidden()
    await term.tap()
    await expect(tip(page)).toBeVisible()
    await term.tap()
    await expect(page).toHaveURL(/learn\/glossary\/#/)
    await expect(page.locator('dt:target')).toBeVisible()
  })

  test('a definition has a way into the glossary', async ({ page }) => {
    await open(page, 'learn/garbage-collection/')
    await page.locator('a.term').first().tap()
    await page.getByRole('link', { name: 'In the glossary' }).tap()
    await expect(page).toHaveURL(/learn\/glossary\/#/)
  })

  test('beside a report the glossary opens in a tab of its own', async ({ page }) => {
    await openReport(page, 'ollama-upgrade')
    await page.locator('#switch').getByText('What does this mean?').tap()
    await inNote(page).tap()
    await expect(tip(page)).toContainText(':')
    const opened = page.waitForEvent('popup')
    await page.getByRole('link', { name: 'In the glossary' }).tap()
    await expect(await opened).toHaveURL(/learn\/glossary\/#/)
    await expect(page).toHaveURL(/sample=ollama-upgrade/)
  })

  test('the heading of a column is there to be touched where rows are stacked', async ({ page }) => {
    await openReport(page, 'ollama-upgrade')
    const { term } = heading(page, 'Derivation')
    await term.tap()
    await expect(tip(page)).toContainText('recipe')
    await expect(page).toHaveURL(/sample=ollama-upgrade/)
    // What is not to be touched is not to be seen, and takes no focus.
    const table = page.getByRole('region', { name: 'Builds' }).getByRole('table').first()
    const width = (await table.getByRole('columnheader', { name: 'Status' }).boundingBox())?.width
    expect(width).toBeLessThanOrEqual(1)
  })

  test('without script a tap on a term leads to the glossary', async ({ browser, baseURL }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, hasTouch: true, baseURL })
    const page = await context.newPage()
    await page.goto('learn/garbage-collection/')
    await page.locator('a.term').first().tap()
    await expect(page).toHaveURL(/learn\/glossary\/#/)
    await expect(page.locator('dt:target')).toBeVisible()
    await context.close()
  })
})
