// Articles beside the report, with the reader's own numbers.
import { expect, test, type Page } from './utils'

async function openSample(page: Page, query = '') {
  await page.goto(`report/?v=1&sample=ollama-upgrade${query}`)
  await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible()
}

const pane = (page: Page) => page.getByRole('complementary', { name: 'Binary caches' })

test('a margin note has the numbers of the report and leads to the article', async ({ page }) => {
  await openSample(page)
  const note = page.getByRole('complementary', { name: 'Explained: Why was it built here?' })
  await expect(note).toContainText(/\d+ things/)
  const link = note.getByRole('link', { name: 'Read the article' })
  await link.click()
  await expect(page).toHaveURL(/article=binary-caches/)
  await expect(pane(page)).toContainText('Compiling a whole system')
  await page.keyboard.press('Escape')
  await expect(pane(page)).toBeHidden()
  await expect(link).toBeFocused()
})

test('an article that the address names is open from the start', async ({ page }) => {
  await openSample(page, '&article=binary-caches')
  await expect(pane(page)).toContainText('Compiling a whole system')
  await page.getByRole('button', { name: 'Close the article' }).click()
  await expect(page).not.toHaveURL(/article=/)
  await page.goBack()
  await expect(pane(page)).toBeVisible()
})

test('a link in an article opens the other article in its place', async ({ page }) => {
  await openSample(page, '&article=nix-store')
  const store = page.getByRole('complementary', { name: 'The Nix store' })
  await store.locator('a[data-article="binary-caches"]').click()
  await expect(pane(page)).toContainText('Compiling a whole system')
  await expect(store).toHaveCount(0)
  await page.goBack()
  await expect(store).toContainText('hash')
})

test('the reading level is the same in all notes and stays', async ({ page }) => {
  await openSample(page)
  const knows = page.getByRole('button', { name: 'Knows Nix' })
  await knows.first().click()
  await expect(knows.last()).toHaveAttribute('aria-pressed', 'true')
  await page.reload()
  await expect(knows.first()).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('.level--new:visible')).toHaveCount(0)
})

test('an article that does not exist opens nothing', async ({ page }) => {
  await openSample(page, '&article=no-such-article')
  await expect(page.getByRole('button', { name: 'Close the article' })).toHaveCount(0)
})
