// What every page of the site keeps to.
import { expect, open, test } from './utils'

test('the first page loads and says what it is for', async ({ page }) => {
  await open(page)
  await expect(page).toHaveTitle(/Rebuildscope/)
  await expect(page.getByRole('navigation', { name: 'Site' })).toBeVisible()
})

test('the security policy allows neither inline code nor eval', async ({ page }) => {
  await open(page)
  const policy = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .getAttribute('content')
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("'wasm-unsafe-eval'")
  expect(policy).not.toContain("'unsafe-inline'")
  expect(policy).not.toContain("'unsafe-eval'")
})
