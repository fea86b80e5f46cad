// What people come with, and leave with: one journey per kind of visitor.
import { readFileSync } from 'node:fs'
import { dropFiles, expect, logFile, open, pasteText, test, type Page } from './utils'

const FIXTURES = '../analyzer/tests/fixtures'
const SAMPLES = '../public/samples'

const verdict = (page: Page) => page.getByRole('heading', { level: 1 })
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const figures = (page: Page) => page.getByRole('list', { name: 'Figures' })

test('somebody new to NixOS pastes the scrollback of an upgrade and learns what it did', async ({ page }) => {
  await open(page)
  await pasteText(page, readFileSync(`${SAMPLES}/ollama-upgrade.log`, 'utf8'))
  // Did it work, and must I reboot?
  await expect(verdict(page)).toHaveText('Switched. A reboot is needed.')
  // What is new?
  const ollama = section(page, 'Versions').getByRole('row').filter({ hasText: 'ollama' }).first()
  await expect(ollama).toContainText(/0\.5\.13.*0\.6\.0/)
  // Why did it take so long? The sentence leads to its proof.
  const clause = page.getByRole('listitem').filter({ hasText: 'went into building ollama' }).first()
  await expect(clause).toContainText('CUDA')
  await clause.getByRole('link', { name: /line/i }).first().click()
  await expect(section(page, 'Log text').locator('[aria-current="true"]').first()).toBeInViewport()
  await page.goBack()
  // What is a derivation? The note beside the builds tells, and the article opens beside the report.
  const note = page.getByRole('complementary', { name: /^Explained: / }).filter({ hasText: 'derivation' }).first()
  await note.getByRole('link', { name: 'Read the article' }).click()
  await expect(page.getByRole('button', { name: 'Close the article' })).toBeVisible()
  await expect(figures(page)).toBeVisible()
})

test('somebody with a red error learns which build really failed and takes the next command along', async ({ page }) => {
  await open(page)
  await dropFiles(page, logFile(`${SAMPLES}/failed-build.log`))
  await expect(verdict(page)).toContainText('Failed')
  const cause = section(page, 'Failures').getByRole('article')
  await expect(cause).toHaveCount(1)
  await expect(cause).toHaveAccessibleName(/^v4l2loopback/)
  // The compiler's own words, not "1 dependency failed".
  await expect(cause).toContainText('implicit declaration of function')
  await expect(cause).toContainText('more failed only because they needed this')
  await cause.getByRole('button', { name: /^Copy/ }).first().click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^nix log \/nix\/store\/\S+v4l2loopback\S+\.drv$/)
})

test('somebody who rebuilds daily sees what changed since last time and copies it for a post', async ({ page }) => {
  await open(page)
  await dropFiles(page, logFile(`${FIXTURES}/written/dix.log`))
  await expect(verdict(page)).toContainText('comparison')
  const versions = section(page, 'Versions')
  await expect(versions.getByRole('row').filter({ hasText: 'firefox' })).toContainText(/136\.0.*136\.0\.3/)
  await expect(versions.getByRole('row').filter({ hasText: 'htop' })).toContainText('3.3.0')
  // How much bigger?
  await expect(figures(page)).toContainText(/98\.\d\s?MiB/)
  await versions.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/firefox.*136\.0.*136\.0\.3/)
})

test('a keeper of servers sees which of three hosts was not reached, and why', async ({ page }) => {
  await open(page)
  await dropFiles(page, logFile(`${FIXTURES}/written/colmena-three-nodes.log`))
  const runs = page.getByRole('navigation', { name: 'Runs in this log' })
  await expect(runs.getByRole('link')).toHaveCount(3)
  await expect(runs.getByRole('link').nth(0)).toContainText(/Switched.*alpha/)
  await expect(runs.getByRole('link').nth(2)).toContainText(/Switched.*gamma/)
  await runs.getByRole('link', { name: /beta/ }).click()
  await expect(verdict(page)).toContainText('Failed')
  await expect(section(page, 'Failures')).toContainText('Connection refused')
})

test('a helper in a forum opens a link on a phone and has the verdict and the failing line', async ({ browser, baseURL, page }) => {
  await page.goto('report/?v=1&sample=failed-build&share=full')
  await page.getByRole('radio', { name: /^Full/ }).check()
  await expect(page.getByLabel('Link', { exact: true })).toHaveValue(/#r1/)
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#r1')
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  const opened = await phone.newPage()
  const requests: string[] = []
  opened.on('request', (request) => requests.push(request.url()))
  await opened.goto(link)
  await expect(verdict(opened)).toContainText('Failed')
  await expect(verdict(opened)).toBeInViewport()
  await expect(section(opened, 'Failures')).toContainText('implicit declaration of function')
  const isOwn = (url: string) => url.startsWith('data:') || url.startsWith(new URL(baseURL ?? '').origin)
  expect(requests.filter((url) => !isOwn(url))).toEqual([])
  await phone.close()
})

test('somebody curious reads a sample and an article, with nothing of their own', async ({ page }) => {
  await open(page)
  await page.getByRole('link', { name: /Ollama/ }).click()
  await expect(verdict(page)).toContainText('Switched')
  await page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Learn' }).click()
  await page.getByRole('main').getByRole('link', { name: 'The Nix store' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The Nix store')
  await page.goBack()
  await page.goBack()
  await expect(verdict(page)).toContainText('Switched')
})
