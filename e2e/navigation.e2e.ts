// What the person looks at is in the address, and the keyboard reaches everything.
import { expect, open, pasteText, test, type Locator, type Page } from './utils'

const heading = (page: Page) => page.getByRole('heading', { level: 1 })

test('Back and Forward lead between the start page and the report', async ({ page }) => {
  await open(page)
  await page.getByRole('link', { name: 'A build that failed' }).click()
  await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible()
  const verdict = await heading(page).textContent()
  await page.goBack()
  await expect(heading(page)).toHaveText('What did that rebuild do?')
  await page.goForward()
  await expect(heading(page)).toHaveText(verdict ?? '')
  await page.getByRole('link', { name: 'Analyse' }).click()
  await expect(heading(page)).toHaveText('What did that rebuild do?')
})

test('Back leads from one log to the one before', async ({ page }) => {
  await open(page)
  await pasteText(page, "building '/nix/store/00000000000000000000000000000000-hello-2.12.drv'...\n")
  const log = page.getByRole('region', { name: 'Log text' })
  await expect(log).toContainText('hello-2.12')
  await page.goto('report/?v=1&sample=fetch-heavy')
  await expect(log).toBeVisible()
  await page.getByRole('link', { name: 'Rebuildscope' }).click()
  await page.getByRole('link', { name: 'A build that failed' }).click()
  await expect(page).toHaveURL(/sample=failed-build/)
  await page.goBack()
  await page.goBack()
  await expect(page).toHaveURL(/sample=fetch-heavy/)
  await expect(page.getByRole('main')).toContainText('Almost all of it downloaded')
})

test('an address of a section leads to the section', async ({ page }) => {
  await page.goto('report/?v=1&sample=ollama-upgrade&section=builds')
  await expect(page.getByRole('heading', { level: 2, name: 'Builds' })).toBeFocused()
  await expect(page.getByRole('heading', { level: 2, name: 'Builds' })).toBeInViewport()
})

test('an address of a newer version says so', async ({ page }) => {
  await page.goto('report/?v=99&sample=ollama-upgrade')
  await expect(page.getByText('This link was made by a newer version')).toBeVisible()
})

test('the address of a report without a log says what to do', async ({ page }) => {
  await page.goto('report/')
  await expect(page.getByText('No log is loaded in this tab')).toBeVisible()
})

test.describe('an address that does not exist', () => {
  test.use({ expectedErrors: [/404/] })

  test('says so and leads to the start page', async ({ page }) => {
    await page.goto('no/such/page/')
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
    await page.getByRole('link', { name: 'Analyse a log' }).click()
    await expect(heading(page)).toHaveText('What did that rebuild do?')
  })
})

test('the keyboard alone leads to a line and back to the start', async ({ page }) => {
  await open(page)
  await page.getByRole('textbox').waitFor()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  const sample = page.getByRole('link', { name: 'Ollama 0.5.13 to 0.6.0' })
  for (let steps = 0; steps < 8 && !(await isFocused(sample)); steps += 1) {
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await expect(heading(page)).toContainText('Switched')
  await expect(heading(page)).toBeFocused()
  await page.keyboard.press('j')
  await expect(page).toHaveURL(/section=/)
  const first = page.url()
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(first)
  await page.keyboard.press('k')
  await expect(page).toHaveURL(first)
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox').first()).toBeFocused()
})

const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement)

test('the keys are listed on ?', async ({ page }) => {
  await open(page)
  await page.getByRole('textbox').waitFor()
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keys' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('the theme that is chosen stays', async ({ page }) => {
  await open(page)
  await page.getByLabel('Theme').selectOption('Dark')
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const dark = await ground()
  await page.reload()
  expect(await ground()).toBe(dark)
  await page.getByLabel('Theme').selectOption('Light')
  expect(await ground()).not.toBe(dark)
})

/** Keeps the part of the page that shows the log on its way, until what is returned is called. */
async function holdLogPart(page: Page): Promise<() => void> {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route(/\/part-log-[0-9a-f]+\.wasm$/, async (route) => {
    await held
    await route.continue()
  })
  return release
}

test('a report that is left while a part of it loads does no harm, and is whole when it is asked for again', async ({ page }) => {
  const release = await holdLogPart(page)
  await page.goto('report/?v=1&sample=failed-build')
  const title = page.getByRole('heading', { level: 1 })
  await expect(title).toContainText('Failed')
  await page.getByRole('link', { name: 'History' }).click()
  await expect(title).toHaveText('Reports kept on this device')
  const arrived = page.waitForResponse(/\/part-log-/)
  release()
  await (await arrived).finished()
  await page.goBack()
  await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible()
})

test('who goes on while parts of a report are on their way is not taken back', async ({ page }) => {
  const release = await holdLogPart(page)
  await open(page)
  await page.getByRole('link', { name: /Ollama/ }).click()
  const field = page.getByRole('region', { name: 'Versions' }).getByRole('searchbox')
  await field.fill('ollama')
  release()
  await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).not.toBeFocused()
  await expect(field).toBeFocused()
  await expect(field).toBeInViewport()
})
