// The site without a network, its new versions, and what the system hands to it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { expect, logFile, open, pickFiles, test, type Page } from './utils'

test.use({ serviceWorkers: 'allow' })

const SAMPLE = '../public/samples/failed-build.log'

/** Waits until the files of the site are kept and the page asks for them there. */
async function kept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
}

const log = (page: Page) => page.getByRole('region', { name: 'Log text' })

test('after one visit, logs, samples, links and articles open without a network', async ({ page, context }) => {
  test.slow()
  await open(page)
  await kept(page)
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await pickFiles(page, logFile('../unpack/tests/fixtures/rebuild.log.zst'))
  await expect(log(page)).toContainText('building the system configuration...')
  await page.goto('report/?v=1&sample=ollama-upgrade&article=binary-caches')
  await expect(log(page)).toBeVisible()
  const article = page.getByRole('complementary', { name: 'Binary caches' })
  await expect(article).toContainText('Compiling a whole system')
  await page.goto('learn/nix-store/')
  await expect(page.getByRole('heading', { level: 1, name: 'The Nix store' })).toBeVisible()
  await page.goto('learn/')
  await page.getByRole('searchbox').fill('garbage')
  await expect(page.getByRole('status')).toContainText('found')
})

test('nothing of the person is kept with the files of the site', async ({ page }) => {
  await open(page)
  await kept(page)
  const addresses = () =>
    page.evaluate(async () => {
      const found: string[] = []
      for (const name of await caches.keys()) {
        for (const { url } of await (await caches.open(name)).keys()) found.push(url)
      }
      return found.sort()
    })
  const before = await addresses()
  expect(before.length).toBeGreaterThan(60)
  await pickFiles(page, logFile(SAMPLE))
  await expect(log(page)).toBeVisible()
  await page.goto('report/?v=1&sample=ollama-upgrade')
  await expect(log(page)).toBeVisible()
  expect(await addresses()).toEqual(before)
})

test('what is shared with the installed site is read in it and sent nowhere', async ({ page }) => {
  await open(page)
  await kept(page)
  const text = readFileSync(SAMPLE, 'utf8')
  const isFromWorker = page.waitForResponse(/\/share\/$/)
  await page.evaluate(async (text) => {
    const form = new FormData()
    form.append('title', 'A log')
    form.append('file', new File([text], 'shared.log', { type: 'text/plain' }))
    await fetch(new URL('share/', document.baseURI), { method: 'POST', body: form })
  }, text)
  expect((await isFromWorker).fromServiceWorker()).toBe(true)
  await page.goto('?shared')
  await expect(log(page)).toBeVisible()
  await expect(page).not.toHaveURL(/shared/)
})

test('a page that was to be handed something says if it did not come', async ({ page }) => {
  await open(page)
  await kept(page)
  await page.goto('?shared')
  await expect(page.getByRole('alert').filter({ hasText: 'did not arrive' })).toBeVisible()
})

test('files that the system opens with the site are read', async ({ page }) => {
  await page.addInitScript(() => {
    const handle = { getFile: async () => new File(["building '/nix/store/00000000000000000000000000000000-hello-2.12.drv'...\n"], 'a.log') }
    const setConsumer = (consume: (launch: object) => void) => consume({ files: [handle] })
    Object.defineProperty(window, 'launchQueue', { value: { setConsumer } })
  })
  await open(page)
  await expect(log(page)).toContainText('hello-2.12')
})

/** A host with a copy of the site that can be changed. */
async function host(folder: string) {
  const types: Record<string, string> = {
    '.css': 'text/css',
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript',
    '.wasm': 'application/wasm',
  }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://host').pathname
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path)
    try {
      const body = readFileSync(file)
      response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

test.describe('a new version of the site', () => {
  let folder = ''

  test.use({
    baseURL: async ({}, use) => {
      folder = mkdtempSync(join(tmpdir(), 'rebuildscope-'))
      cpSync(process.env['REBUILDSCOPE_DIST'] ?? '../dist', folder, { recursive: true })
      const { url, close } = await host(folder)
      await use(url)
      close()
      rmSync(folder, { recursive: true })
    },
  })

  const change = (name: string, edit: (text: string) => string) => {
    const file = join(folder, name)
    writeFileSync(file, edit(readFileSync(file, 'utf8')))
  }

  /** Another version of one article, as a build would list it. */
  const publish = async (page: Page, article: string) => {
    change(article, (html) => html.replace('</h1>', ' anew</h1>'))
    const bytes = readFileSync(join(folder, article))
    const hash = await page.evaluate(async (bytes) => {
      const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
      return btoa(String.fromCharCode(...new Uint8Array(digest)))
    }, [...bytes])
    const address = article.replace('index.html', '')
    change('service_worker.js', (script) =>
      script
        .replace(new RegExp(`("${address}":)"[^"]+"`), `$1"sha256-${hash}"`)
        .replace(/VERSION = '[^']+'/, "VERSION = 'next'"),
    )
  }

  const ARTICLE = 'learn/nix-store/index.html'
  const title = (page: Page) => page.getByRole('heading', { level: 1 })
  const notice = (page: Page) => page.getByRole('button', { name: 'Reload with it now' })

  const visit = async (page: Page) => {
    await page.goto('')
    await expect(title(page)).toBeVisible()
    await kept(page)
  }

  test('announces itself, waits for the person, and then is there', async ({ page }) => {
    await visit(page)
    await publish(page, ARTICLE)
    await page.goto('learn/nix-store/')
    await expect(title(page)).toHaveText('The Nix store')
    await page.goto('')
    await notice(page).click()
    await expect(notice(page)).toBeHidden()
    await page.goto('learn/nix-store/')
    await expect(title(page)).toHaveText('The Nix store anew')
  })

  test('does not come where the host mixes two versions', async ({ page }) => {
    await visit(page)
    await publish(page, ARTICLE)
    change(ARTICLE, (html) => html.replace(' anew', ' of a third version'))
    const refused = page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      return new Promise((resolve) => {
        registration.addEventListener('updatefound', () => {
          const worker = registration.installing
          worker?.addEventListener('statechange', () => resolve(worker.state))
        })
        registration.update().catch(() => undefined)
      })
    })
    expect(await refused).toBe('redundant')
    await page.goto('learn/nix-store/')
    await expect(title(page)).toHaveText('The Nix store')
  })

  test('that is built without this removes what was kept', async ({ page }) => {
    await visit(page)
    change('service_worker.js', (script) =>
      script.replace(/FILES = \{.*\}/, 'FILES = {}').replace(/VERSION = '[^']+'/, "VERSION = 'off'"),
    )
    await page.reload()
    await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([])
    await expect(title(page)).toBeVisible()
  })
})
