// What a tab keeps of a log: until it is closed or cleared, and what is said where nothing is kept.
import { dropFiles, expect, open, test } from './utils'

const LOG = "building '/nix/store/00000000000000000000000000000000-hello-2.12.drv'...\nhello> compiling\n"
const log = { name: 'mine.log', bytes: Buffer.from(LOG) }

test('a report survives a reload of its tab, with the lines of its log', async ({ page }) => {
  await open(page)
  await dropFiles(page, log)
  await expect(page.getByText('Kept in this tab until you close it.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('mine.log')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Log text' })).toContainText('hello> compiling')
  await expect(page.getByText('Kept in this tab until you close it.')).toBeVisible()
})

test('files that were handed in together are all there after a reload', async ({ page }) => {
  const files = ['one', 'two', 'three'].map((name) => ({
    name: `${name}.log`,
    bytes: Buffer.from(LOG.replaceAll('hello', name)),
  }))
  const choice = page.getByRole('combobox', { name: 'File' })
  const text = page.getByRole('region', { name: 'Log text' })
  const kept = page.getByText('Kept in this tab until you close it.')
  await open(page)
  await dropFiles(page, ...files)
  await expect(kept).toBeVisible()
  for (const name of ['two', 'three', 'one', 'two']) {
    await choice.selectOption(`${name}.log`)
    await expect(text).toContainText(`${name}> compiling`)
    await expect(kept).toBeVisible()
    await page.reload()
    await expect(text).toContainText(`${name}> compiling`)
    await expect(choice.getByRole('option', { selected: true })).toHaveText(`${name}.log`)
    await expect(choice.getByRole('option')).toHaveText(['one.log', 'two.log', 'three.log'])
    await expect(kept).toBeVisible()
  }
  // Another log takes the place of all of them.
  await dropFiles(page, log)
  await expect(text).toContainText('hello> compiling')
  await expect(kept).toBeVisible()
  await page.reload()
  await expect(text).toContainText('hello> compiling')
  await expect(choice).toBeHidden()
})

test('what was cleared is gone after a reload', async ({ page }) => {
  await open(page)
  await dropFiles(page, log)
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(page.getByText('No longer kept')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Log text' })).toContainText('hello> compiling')
  await page.reload()
  await expect(page.getByText('No log is loaded in this tab')).toBeVisible()
})

test('another tab does not see what this one keeps, and removes what closed tabs left', async ({ page, context }) => {
  await open(page)
  await dropFiles(page, log)
  await expect(page.getByText('Kept in this tab until you close it.')).toBeVisible()
  await page.close()
  const other = await context.newPage()
  await other.goto('report/')
  await expect(other.getByText('No log is loaded in this tab')).toBeVisible()
  await open(other)
  await dropFiles(other, log)
  await expect(other.getByText('Kept in this tab until you close it.')).toBeVisible()
  const folders = await other.evaluate(async () => {
    const names: string[] = []
    const root: any = await navigator.storage.getDirectory()
    for await (const name of root.keys()) names.push(name)
    return names
  })
  expect(folders).toHaveLength(1)
})

for (const [name, sentence] of [
  ['SecurityError', 'This browser keeps nothing for this site'],
  ['QuotaExceededError', 'There is no room to keep it'],
] as const) {
  test(`${name} is told, and the report stays`, async ({ page }) => {
    await page.addInitScript((name) => {
      navigator.storage.getDirectory = () => Promise.reject(new DOMException('no', name))
    }, name)
    await open(page)
    await dropFiles(page, log)
    await expect(page.getByText(sentence)).toBeVisible()
    await expect(page.getByRole('region', { name: 'Log text' })).toContainText('hello> compiling')
  })
}

test('a sample is fetched again and not kept', async ({ page }) => {
  await page.goto('report/?v=1&sample=ollama-upgrade')
  await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible()
  await expect(page.getByText('Kept in this tab')).toBeHidden()
  const stored = await page.evaluate(() => sessionStorage.length)
  expect(stored).toBe(0)
})
