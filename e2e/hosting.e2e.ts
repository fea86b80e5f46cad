// The site as a host serves it by our recipe: headers, packed files, a path of its own.
// `cargo xtask test nginx` runs this; the server of the other tests is not such a host.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { request as get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { expect, logFile, open, pickFiles, test } from './utils'

function dist(): string {
  const folder = process.env['REBUILDSCOPE_DIST']
  if (!folder) throw new Error('REBUILDSCOPE_DIST is not set')
  return folder
}

/** A file of the site that is named by its content. */
function named(pattern: RegExp): string {
  const name = readdirSync(dist()).find((name) => pattern.test(name))
  if (!name) throw new Error(`no file is like ${pattern}`)
  return name
}

/** The answer as it comes, not unpacked. */
async function ask(url: string, encoding = 'identity') {
  const headers = { 'Accept-Encoding': encoding }
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers }, resolve).on('error', reject).end()
  })
  let bytes = 0
  for await (const chunk of answer) bytes += chunk.length
  return { status: answer.statusCode, headers: answer.headers, bytes }
}

const at = (baseURL: string | undefined, path: string) => new URL(path, baseURL).href

for (const path of ['', 'learn/nix-store/', 'theme.js', 'no/such/page/']) {
  test(`/${path} comes with strict headers and is asked for again`, async ({ baseURL }) => {
    const { headers } = await ask(at(baseURL, path))
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-security-policy': "frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
  })
}

test('a file that is named by its content is kept for good and has its type', async ({ baseURL }) => {
  const { headers } = await ask(at(baseURL, named(/^worker_bg-[0-9a-f]{16}\.wasm$/)))
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(headers['content-type']).toBe('application/wasm')
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('the manifest has its type and the headers of all', async ({ baseURL }) => {
  const { headers } = await ask(at(baseURL, 'rebuildscope.webmanifest'))
  expect(headers['content-type']).toBe('application/manifest+json')
  expect(headers['x-frame-options']).toBe('DENY')
})

for (const [encoding, end] of [
  ['gzip', 'gz'],
  ['br', 'br'],
] as const) {
  test(`a file goes out as it was packed by ${encoding}`, async ({ baseURL }) => {
    const name = named(/^worker_bg-[0-9a-f]{16}\.wasm$/)
    const answer = await ask(at(baseURL, name), encoding)
    test.skip(encoding === 'br' && !answer.headers['content-encoding'], 'nginx lacks the module')
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(answer.bytes).toBe(statSync(`${dist()}/${name}.${end}`).size)
  })
}

test('the address without its last slash leads to the site', async ({ baseURL }) => {
  const { status, headers } = await ask(at(baseURL, '').replace(/\/$/, ''))
  expect(status).toBe(301)
  expect(headers.location).toMatch(/\/scope\/$/)
})

test.describe('an address that does not exist', () => {
  test.use({ expectedErrors: [/404|MIME type/] })

  test('is answered with a page that leads to the site', async ({ page, baseURL }) => {
    const response = await page.goto('no/such/page/')
    expect(response?.status()).toBe(404)
    const link = page.getByRole('link', { name: 'Analyse a log' })
    // The page has to find the root of the site first.
    await expect(link).toHaveJSProperty('href', baseURL)
    await link.click()
    await expect(page).toHaveURL(baseURL ?? '')
  })
})

test('a log is read', async ({ page }) => {
  await open(page)
  await pickFiles(page, logFile('../public/samples/failed-build.log'))
  await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible()
})

test('no link of a page names the root of the host', () => {
  const pages = readdirSync(dist(), { recursive: true, encoding: 'utf8' })
  const html = pages.filter((name) => name.endsWith('.html') && name !== '404.html')
  expect(html.length).toBeGreaterThan(30)
  for (const name of html) {
    expect(readFileSync(`${dist()}/${name}`, 'utf8'), name).not.toMatch(/(href|src)="\//)
  }
})
