// The search over articles and their terms.
import { expect, expectAccessible, test, type Page } from './utils'

const field = (page: Page) => page.getByRole('searchbox', { name: 'Search articles and terms' })
const found = (page: Page) => page.getByRole('search').getByRole('link')

test('sections and terms are found by the beginnings of their words', async ({ page }) => {
  await page.goto('learn/')
  await field(page).fill('garbage col')
  await expect(page.getByRole('status')).toContainText(/\d+ places found/)
  await expect(found(page).first()).toHaveText('garbage collection')
  await expect(page).toHaveURL(/learn\/\?q=garbage\+col$/)
  await expectAccessible(page)
})

test('the keyboard leads from the field through the results, and a result to its section', async ({ page }) => {
  await page.goto('learn/')
  await page.keyboard.press('/')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('rollback generation')
  await expect(found(page).first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(found(page).first()).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(field(page)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/learn\/[a-z-]+\//)
  const { hash } = new URL(page.url())
  if (hash) await expect(page.locator(`[id="${hash.slice(1)}"]`)).toBeInViewport()
  await page.goBack()
  await expect(field(page)).toHaveValue('rollback generation')
  await expect(found(page).first()).toBeVisible()
})

test('what is nowhere is said to be nowhere, and Escape brings the list back', async ({ page }) => {
  await page.goto('learn/')
  const articles = page.getByRole('article').getByRole('heading', { level: 2 })
  const before = await articles.count()
  expect(before).toBeGreaterThan(20)
  await field(page).fill('xyzzy')
  await expect(page.getByRole('status')).toHaveText('Nothing found.')
  await expect(articles).toHaveCount(0)
  await field(page).press('Escape')
  await expect(articles).toHaveCount(before)
})

test.describe('an index that cannot be loaded', () => {
  test.use({ expectedErrors: [/ERR_FAILED/] })

  test('leaves the list', async ({ page }) => {
    await page.route(/search_index/, (route) => route.abort())
    await page.goto('learn/')
    await field(page).fill('store')
    await expect(page.getByRole('status')).toContainText('could not be loaded')
    await expect(page.getByRole('link', { name: 'The Nix store' })).toBeVisible()
  })
})

test('without script there is the list and no field that does nothing', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL })
  const page = await context.newPage()
  await page.goto('learn/')
  await expect(page.getByRole('search')).toBeHidden()
  await page.getByRole('link', { name: 'The Nix store' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'The Nix store' })).toBeVisible()
  await context.close()
})
