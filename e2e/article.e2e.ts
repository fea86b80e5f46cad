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

for (const sample of ['ollama-upgrade', 'failed-build', 'fetch-heavy']) {
  test(`each finding and section of ${sample} opens an article at its heading`, async ({ page }) => {
    await page.goto(`report/?v=1&sample=${sample}`)
    await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible()
    const links = page.locator('main a[href*="article="]')
    const places = await links.evaluateAll((all) =>
      all.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get('article') ?? ''),
    )
    expect(places.length).toBeGreaterThan(5)
    for (const place of new Set(places)) {
      const [slug, heading] = place.split('#')
      await page.goto(`report/?v=1&sample=${sample}&article=${encodeURIComponent(place)}`)
      const pane = page.locator('.article-pane')
      await expect(pane.getByRole('link', { name: 'Open as a page' })).toHaveAttribute(
        'href',
        `learn/${slug}/`,
      )
      if (heading) await expect(pane.locator(`#${heading}`)).toBeFocused()
    }
  })
}

test('the figures of an article are drawn from the report beside it', async ({ page }) => {
  await openSample(page, '&article=derivations')
  const derivations = page.getByRole('complementary', { name: 'Derivations' })
  const figure = derivations.getByRole('figure')
  await expect(figure).toContainText('Drawn from your report.')
  await expect(figure.getByRole('img')).toHaveAccessibleName(/configuration files built: 43;/)
})

test('without a report a figure shows the sample', async ({ page }) => {
  await page.goto('learn/generations/')
  const figure = page.getByRole('figure')
  await expect(figure).toContainText('Drawn from the sample log.')
  await expect(figure.getByRole('img')).toHaveAccessibleName(/The link of the profile leads to/)
})

test('a term says what it means when it is pointed at or has the focus', async ({ page }) => {
  await page.goto('learn/garbage-collection/')
  const term = page.locator('a.term').first()
  await term.hover()
  const tip = page.getByRole('tooltip')
  await expect(tip).toContainText(':')
  await page.keyboard.press('Escape')
  await expect(tip).toBeHidden()
  await page.mouse.move(0, 0)
  await term.focus()
  await expect(tip).toBeVisible()
  await expect(term).toHaveAccessibleDescription(/.{20}/)
  await term.click()
  await expect(page).toHaveURL(/learn\/glossary\/#/)
  await expect(page.locator('dt:target')).toBeVisible()
})
