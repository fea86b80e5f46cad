// The picture in the README: `UPDATE_SCREENSHOT=1 cargo xtask test e2e -- screenshot` takes it.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, open, test } from './utils'

const PICTURE = fileURLToPath(new URL('../.github/report.png', import.meta.url))
const SIZE = { width: 1280, height: 960 }

test.use({ viewport: SIZE, colorScheme: 'light' })

test('the README shows the report of the first sample', async ({ page }) => {
  await open(page)
  await page.getByRole('link', { name: /Ollama/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Switched')
  await expect(page.getByRole('list', { name: 'Figures' })).toBeInViewport()
  if (process.env['UPDATE_SCREENSHOT'] === '1') {
    await page.getByRole('heading', { level: 1 }).hover()
    await page.screenshot({ path: PICTURE, animations: 'disabled' })
  }
  expect(sizeOf(readFileSync(PICTURE))).toEqual(SIZE)
})

/** Width and height as the head of a PNG states them. */
function sizeOf(png: Buffer): { width: number; height: number } {
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}
