// The worker is trusted only if it is of the same build as the page.
import { expect, open, pasteText, test } from './utils'

const LOG = "building '/nix/store/00000000000000000000000000000000-hello-2.12.drv'...\n"

/** What a worker of another build says when it starts: `Ready`, with an id of its own. */
const OTHER_WORKER = `
  const id = '0123456789abcdef'
  const bytes = new Uint8Array([0, id.length, ...new TextEncoder().encode(id)])
  postMessage(bytes, [bytes.buffer])
`

test('a worker of another build is replaced by a fresh one', async ({ page }) => {
  const asked: string[] = []
  await page.route(/worker_loader/, async (route) => {
    asked.push(new URL(route.request().url()).search)
    if (asked.length > 1) return route.continue()
    return route.fulfill({ contentType: 'text/javascript', body: OTHER_WORKER })
  })
  await open(page)
  await pasteText(page, LOG)
  await expect(page.getByRole('region', { name: 'Log text' })).toContainText('hello-2.12')
  expect(asked).toEqual(['', expect.stringMatching(/^\?fresh=[0-9a-f]{16}$/)])
})

test('a site that has only workers of another build says so', async ({ page }) => {
  await page.route(/worker_loader/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: OTHER_WORKER }),
  )
  await open(page)
  await pasteText(page, LOG)
  await expect(page.getByRole('main')).toContainText('The site was updated while this page was open')
})

test.describe('a worker that cannot be loaded', () => {
  test.use({ expectedErrors: [/ERR_FAILED/] })

  test('is not waited for', async ({ page }) => {
    await page.route(/worker_loader/, (route) => route.abort())
    await open(page)
    await pasteText(page, LOG)
    await expect(page.getByRole('main')).toContainText('could not be started')
  })
})

test('a browser without SIMD gets a sentence', async ({ page }) => {
  await page.addInitScript(() => {
    WebAssembly.validate = () => false
  })
  await page.goto('')
  await expect(page.getByRole('alert')).toContainText('WebAssembly with SIMD')
})

test('a browser without script gets a sentence', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL })
  const page = await context.newPage()
  await page.goto('')
  await expect(page.locator('noscript p')).toBeVisible()
  await context.close()
})
