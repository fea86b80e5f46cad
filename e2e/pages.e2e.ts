// The pages that are read without any program: articles, their list, what this is.
import { readdirSync } from 'node:fs'
import { expect, expectAccessible, open, test } from './utils'

const ARTICLES = readdirSync('../content/articles').map((file) => file.replace('.md', ''))
const PAGES = ['learn/', 'about/', ...ARTICLES.map((slug) => `learn/${slug}/`)]

for (const path of PAGES) {
  test(`${path} is a whole page without script`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL })
    const page = await context.newPage()
    await open(page, path)
    await expect(page).not.toHaveTitle(/what did that rebuild do/)
    await expect(page.getByRole('article').getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('script[data-js], link[rel="modulepreload"]')).toHaveCount(0)
    await context.close()
  })

  test(`${path} is accessible in light and dark`, async ({ page }) => {
    await open(page, path)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
  })
}

test('the start page without script leads to the articles, and each of them to the next', async ({ browser, baseURL, request }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL })
  const page = await context.newPage()
  await page.goto('')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What did that rebuild do?')
  await page.getByRole('link', { name: 'Learn', exact: true }).click()
  await page.getByRole('article').getByRole('heading', { level: 2 }).getByRole('link').first().click()
  const others = page.getByRole('navigation', { name: 'Other articles' })
  await others.getByRole('link', { name: 'After this' }).click()
  await expect(others.getByRole('link')).toHaveCount(2)
  const seen = new Set([await others.getByRole('link', { name: 'Before this' }).getAttribute('href')])
  let next: string | null | undefined = new URL(page.url()).href.slice((baseURL ?? '').length)
  while (next && !seen.has(next)) {
    seen.add(next)
    const html: string = await (await request.get(new URL(next, baseURL).href)).text()
    next = /rel="next" href="([^"]+)"/.exec(html)?.[1]
  }
  expect(seen.size).toBe(ARTICLES.length)
  await context.close()
})

test('each page says of itself what no other says', async ({ page, request, baseURL }) => {
  const said = new Set<string>()
  const paths = ['', 'compare/', ...PAGES]
  for (const path of paths) {
    const html = await (await request.get(new URL(path, baseURL).href)).text()
    const title = /<title>(.+)<\/title>/.exec(html)?.[1]
    const description = /<meta name="description" content="([^"]+)"/.exec(html)?.[1]
    const data = JSON.parse(/ld\+json">(.+)<\/script>/.exec(html)?.[1] ?? '{}')
    expect(data['@graph']?.[0]?.description?.length, path).toBeGreaterThan(20)
    said.add(`${title}`).add(`${description}`)
  }
  expect(said.size).toBe(2 * paths.length)
  // The security policy lets the data stand.
  await open(page, 'learn/nix-store/')
  await expect(page.getByRole('navigation', { name: 'Where this is' })).toContainText('The Nix store')
})

test('an article prints without what is only of use on a screen', async ({ page }) => {
  await open(page, 'learn/nix-store/')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const name of ['Site', 'In this article', 'Where this is', 'Other articles']) {
    await expect(page.getByRole('navigation', { name, includeHidden: true })).toBeHidden()
  }
})

test('the navigation says where one is', async ({ page }) => {
  await open(page, 'learn/nix-store/')
  const site = page.getByRole('navigation', { name: 'Site' })
  await expect(site.getByRole('link', { name: 'Learn' })).toHaveAttribute('aria-current', 'page')
  await site.getByRole('link', { name: 'About' }).click()
  await expect(page).toHaveURL(/\/about\/$/)
  await expect(site.getByRole('link', { name: 'About' })).toHaveAttribute('aria-current', 'page')
  await expect(site.locator('[aria-current]')).toHaveCount(1)
})

test('the contents of an article lead to its headings', async ({ page }) => {
  await open(page, 'learn/binary-caches/')
  const contents = page.getByRole('navigation', { name: 'In this article' })
  await expect(contents).toBeVisible()
  await contents.getByRole('link').last().click()
  await expect(page).toHaveURL(/\/learn\/binary-caches\/#[a-z-]+$/)
  const id = new URL(page.url()).hash.slice(1)
  await expect(page.locator(`[id="${id}"]`)).toBeInViewport()
})

test('on a phone an article begins with its title, and its contents are folded below', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 })
  for (const path of ['learn/binary-caches/', 'learn/generations/']) {
    await open(page, path)
    const title = await page.getByRole('heading', { level: 1 }).boundingBox()
    const fold = page.getByText('In this article')
    expect(title?.y).toBeLessThan((await fold.boundingBox())?.y ?? 0)
    const contents = page.getByRole('navigation', { name: 'In this article' })
    await expect(contents).toBeHidden()
    await fold.click()
    await expect(contents.getByRole('link').first()).toBeVisible()
    const width = await page.evaluate('document.documentElement.scrollWidth')
    expect(width, path).toBeLessThanOrEqual(360)
  }
})

test('every link within the site leads somewhere', async ({ page, request, baseURL }) => {
  const seen = new Map<string, string>()
  for (const path of ['', ...PAGES]) {
    await open(page, path)
    for (const link of await page.getByRole('link').all()) {
      const { href } = new URL((await link.getAttribute('href')) ?? '', await page.evaluate('document.baseURI'))
      if (href.startsWith(baseURL ?? '')) seen.set(href, path)
    }
  }
  expect(seen.size).toBeGreaterThan(PAGES.length)
  for (const [href, from] of seen) {
    const response = await request.get(href)
    expect(response.status(), `${href}, linked from ${from}`).toBe(200)
    const { hash } = new URL(href)
    if (hash) expect(await response.text(), `${href}, linked from ${from}`).toContain(`id="${hash.slice(1)}"`)
  }
})

test.describe('an address that does not exist', () => {
  test.use({ expectedErrors: [/404|MIME type/] })

  test('is answered with a page that leads on', async ({ page }) => {
    const response = await page.goto('learn/no-such-article/')
    expect(response?.status()).toBe(404)
    await expect(page.getByRole('navigation', { name: 'Site' })).toBeVisible()
  })
})
