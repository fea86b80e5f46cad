// Links that hold a report: what somebody sees who opens one.
import { spawnSync } from 'node:child_process'
import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { dropFiles, expect, expectAccessible, open, pasteText, test } from './utils'
import type { Json, Page } from './utils'

type Level = 'verdict' | 'changes' | 'full'

const SAMPLE = '../public/samples/ollama-upgrade.log'
const FAILED = '../public/samples/failed-build.log'

function rebuildscope(args: string[], input: string | Buffer = ''): string {
  const program = process.env['REBUILDSCOPE_BIN']
  if (!program) throw new Error('REBUILDSCOPE_BIN is not set')
  const { status, stdout, stderr } = spawnSync(program, args, { input, maxBuffer: 1 << 30 })
  if (status !== 0) throw new Error(`the command line ended with status ${status}: ${stderr}`)
  return stdout.toString().trim()
}

/** The link to the report on a log, from `#` on. */
function linkTo(log: string | Buffer, level: Level = 'full'): string {
  const link = rebuildscope(['share', '--level', level, '-'], log)
  return `#${link.slice(link.indexOf('#') + 1)}`
}

/** The same link behind a password, as `docs/share-format.md` has it. */
function sealed(link: string, password: string): string {
  const frame = Buffer.from(link.slice('#r1'.length), 'base64url')
  const [salt, nonce, iterations] = [randomBytes(16), randomBytes(12), 1000]
  const key = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const text = Buffer.concat([cipher.update(frame), cipher.final(), cipher.getAuthTag()])
  const head = Buffer.from([frame.readUInt8(0) | 4])
  const bytes = [head, leb128(iterations), salt, nonce, leb128(text.length), text]
  return `#r1${Buffer.concat(bytes).toString('base64url')}`
}

/** A link of the level `full` around a body of any bytes, with the checksum of these. */
function around(body: Buffer): string {
  const head = Buffer.concat([Buffer.from([2]), leb128(body.length)])
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32LE(crc32(Buffer.concat([head, body])))
  return `#r1${Buffer.concat([head, checksum, body]).toString('base64url')}`
}

function leb128(n: number): Buffer {
  const bytes = []
  for (; n > 127; n = Math.floor(n / 128)) bytes.push((n % 128) | 128)
  return Buffer.from([...bytes, n])
}

/** The report in a link, as the command line reads it. */
const reportIn = (link: string): Json =>
  JSON.parse(rebuildscope(['open', '--format', 'json', '-'], link))

const sample = () => readFileSync(SAMPLE)
const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const figure = (page: Page, name: string | RegExp) =>
  page.getByRole('list', { name: 'Figures' }).getByRole('link').filter({ hasText: name })

for (const path of ['', 'report/']) {
  test(`a link opens at /${path}`, async ({ page }) => {
    const link = linkTo(sample())
    await page.goto(path + link)
    await expect(heading(page)).toContainText('Switched')
    await expect(page).toHaveTitle(/^Switched in /)
    await expect(page.getByText('Shared report; no log behind it')).toBeVisible()
    expect(page.url()).toContain(link)
  })
}

test('the figures are those that the command line reads in the link', async ({ page }) => {
  for (const log of [SAMPLE, FAILED]) {
    const link = linkTo(readFileSync(log))
    const [run] = reportIn(link).runs
    await page.goto('about:blank')
    await page.goto(link)
    const causes = run.failures.filter((failure: Json) => failure.root)
    if (causes.length > 0) {
      await expect(figure(page, 'Causes of failure')).toContainText(String(causes.length))
      for (const cause of causes) {
        await expect(section(page, 'Failures')).toContainText(cause.name)
      }
    }
    const warnings = run.warnings.reduce((sum: number, it: Json) => sum + it.count, 0)
    await expect(figure(page, 'Warnings')).toContainText(String(warnings))
    const begun = run.derivations.filter((it: Json) => it.status !== 'planned').length
    await expect(figure(page, /Built here|Builds started/)).toContainText(String(begun))
  }
})

test('what a level leaves out is told in numbers', async ({ page }) => {
  const link = linkTo(sample(), 'verdict')
  const [run] = reportIn(link).runs
  await page.goto(link)
  await expect(page.getByText('Shared report (verdict only); no log behind it')).toBeVisible()
  const { built, building, failed } = run.counts.derivations
  await expect(figure(page, 'Built here')).toContainText(String(built + building + failed))
  await expect(figure(page, 'Versions changed')).toContainText(String(run.counts.changes.versions))
  for (const name of ['Versions', 'Builds']) {
    await expect(section(page, name)).toContainText('The link carries the number only.')
    await expect(section(page, name).getByRole('table')).toHaveCount(0)
  }
  await expect(page.getByText('Nothing was built')).toHaveCount(0)
})

test('the changes are listed where a link carries them', async ({ page }) => {
  const link = linkTo(sample(), 'changes')
  await page.goto(link)
  await expect(page.getByText('Shared report (changes only); no log behind it')).toBeVisible()
  const [run] = reportIn(link).runs
  const versions = section(page, 'Versions')
  await expect(versions.getByRole('table').first()).toContainText(run.changes[0].name)
  await expect(section(page, 'Builds')).toContainText('The link carries the number only.')
})

test('nothing leads to a log that is not there', async ({ page }) => {
  await page.goto(linkTo(readFileSync(FAILED)))
  await expect(heading(page)).toContainText('Failed')
  await expect(page.getByRole('region', { name: 'Log text' })).toHaveCount(0)
  await expect(page.locator('main a[href*="section=log"]')).toHaveCount(0)
  await expect(page.getByRole('columnheader', { name: 'Line', exact: true })).toHaveCount(0)
})

test('the link stays in the bar while the sections are looked at', async ({ page }) => {
  const link = linkTo(sample())
  await page.goto(link)
  await page.getByRole('navigation', { name: 'Sections of this report' }).getByText('Time').click()
  await expect(page).toHaveURL(/report\/\?v=1&section=time#r1/)
  expect(page.url()).toContain(link)
  await page.reload()
  await expect(heading(page)).toContainText('Switched')
  await expect(page.getByRole('heading', { level: 2, name: 'Time' })).toBeFocused()
  await page.goBack()
  await expect(page).not.toHaveURL(/section=/)
  await expect(heading(page)).toContainText('Switched')
})

test('another link in the bar of an open page opens, and Back leads back', async ({ page }) => {
  await open(page)
  const [first, second] = [linkTo(sample()), linkTo(readFileSync(FAILED))]
  await page.evaluate((link) => location.assign(link), `${page.url()}${first}`)
  await expect(heading(page)).toContainText('Switched')
  await page.evaluate((link) => location.assign(link), new URL(second, page.url()).href)
  await expect(heading(page)).toContainText('Failed')
  await page.goBack()
  await expect(heading(page)).toContainText('Switched')
  await page.goBack()
  await expect(heading(page)).toHaveText('What did that rebuild do?')
  await page.goForward()
  await expect(heading(page)).toContainText('Switched')
})

test('a link that is pasted into the page opens, and a log takes its place', async ({ page }) => {
  await open(page)
  const link = linkTo(sample())
  await pasteText(page, `<https://site.test/${link}>\n`)
  await expect(page.getByText('Shared report; no log behind it')).toBeVisible()
  expect(page.url()).toContain(link)
  await dropFiles(page, { name: 'failed.log', bytes: readFileSync(FAILED) })
  await expect(heading(page)).toContainText('Failed')
  expect(new URL(page.url()).hash).toBe('')
  await expect(page.getByRole('region', { name: 'Log text' })).toBeVisible()
})

test('the way to a report of one’s own is there', async ({ page }) => {
  await page.goto(linkTo(sample()))
  await page.getByRole('link', { name: 'Make your own: drop a log' }).click()
  await expect(page.getByRole('textbox', { name: /Drop a log here/ })).toBeVisible()
  expect(new URL(page.url()).hash).toBe('')
})

test('opening loads no program that reads logs, and stores nothing', async ({ page, baseURL }) => {
  const asked: string[] = []
  page.context().on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(linkTo(sample()))
  await expect(heading(page)).toContainText('Switched')
  expect(asked.filter((path) => path.includes('open_link'))).toHaveLength(2)
  expect(asked.filter((path) => path.includes('tables-1'))).toHaveLength(1)
  expect(asked.filter((path) => /worker(_|-|\.)/.test(path))).toEqual([])
  const stored = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map((it) => it.name),
    caches: await caches.keys(),
    cookies: document.cookie,
  }))
  expect(stored).toEqual({ local: [], session: [], databases: [], caches: [], cookies: '' })
  expect(await page.context().cookies(baseURL)).toEqual([])
})

test('a cut link shows what is whole, and says that it was cut', async ({ page }) => {
  const link = linkTo(sample())
  await page.goto(link.slice(0, Math.floor(link.length * 0.7)))
  await expect(page.getByRole('alert').filter({ hasText: 'cut' })).toBeVisible()
  await expect(heading(page)).toContainText('Switched')
  // What is missing is not taken for nothing.
  const figures = page.getByRole('list', { name: 'Figures' })
  await expect(figures.getByRole('link', { name: /Warnings/ })).toContainText('the link was cut')
  const warnings = page.getByRole('region', { name: 'Warnings' })
  await expect(warnings).toContainText('The link was cut, so what belongs here is not known.')
})

test('no cut and no changed character is taken for the report', async ({ page }) => {
  const link = linkTo(sample())
  const at = Math.floor(link.length / 2)
  const flipped = link.slice(0, at) + (link[at] === 'A' ? 'B' : 'A') + link.slice(at + 1)
  for (const broken of [flipped, link.slice(0, 12), '#r1', '#r1!!!!', `${link}AAAA`]) {
    await page.goto('about:blank')
    await page.goto(broken)
    await expect(page.getByText('This could not be read')).toBeVisible()
    await expect(page.getByRole('textbox', { name: /Drop a log here/ })).toBeVisible()
  }
})

// A body of zeros claims the most of everything: each bit of it is a one, and costs ever less.
for (const byte of [0, 1, 85, 170]) {
  test(`a link whose counts lie is refused, and the page goes on (${byte})`, async ({ page }) => {
    await page.goto(around(Buffer.alloc(200_000, byte)))
    const refused = page.getByText('This could not be read')
    await expect(refused).toBeVisible({ timeout: 60_000 })
    await expect(page.getByRole('textbox', { name: /Drop a log here/ })).toBeVisible()
    await page.goto('about:blank')
    await page.goto(linkTo(sample()))
    await expect(heading(page)).toContainText('Switched')
  })
}

test('a link of a newer format says so', async ({ page }) => {
  await page.goto('#r9AAAAAAAAAAAAAAAA')
  await expect(page.getByRole('main')).toContainText('newer version')
})

test('a link that is longer than any of ours is not looked at', async ({ page }) => {
  const asked: string[] = []
  page.context().on('request', (request) => asked.push(request.url()))
  await open(page)
  await page.evaluate((n) => location.assign(`#r1${'A'.repeat(n)}`), 2_000_001)
  await expect(page.getByRole('main')).toContainText('was not looked at')
  expect(asked.filter((url) => url.includes('open_link'))).toEqual([])
})

test('an encrypted link asks for its password', async ({ page }) => {
  const link = sealed(linkTo(sample()), 'correct horse')
  await page.goto(link)
  await expect(heading(page)).toHaveText('This report needs a password')
  const password = page.getByLabel('Password')
  await password.fill('wrong horse')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'does not open the link' })).toBeVisible()
  await password.fill('correct horse')
  await password.press('Enter')
  await expect(heading(page)).toContainText('Switched')
  expect(page.url()).not.toContain('horse')
  expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).toBe('[{},{}]')
})

test('the name of a place in the page is no link', async ({ page }) => {
  await page.goto('#samples')
  await expect(heading(page)).toHaveText('What did that rebuild do?')
})

test('markup in a link stays text', async ({ page }) => {
  const name = '<img-src=x-onerror=alert(1)>'
  const log = `building '/nix/store/8ia7ggnsmgvj15kkkya2k32q0wq8idkh-a-1.drv'...
error: builder for '/nix/store/8ia7ggnsmgvj15kkkya2k32q0wq8idkh-a-1.drv' failed with exit code 1;
       last 2 log lines:
       > ${name}
       > <script>document.title = 'run'</script>
`
  await page.goto(linkTo(log))
  await expect(section(page, 'Failures')).toContainText(name)
  await expect(page).not.toHaveTitle('run')
  await expect(page.locator('main :is(img, script)')).toHaveCount(0)
})

test.describe('without the program that opens links', () => {
  test.use({ expectedErrors: [/ERR_FAILED/, /404/] })

  for (const part of ['open_link', 'tables-1']) {
    test(`says what to do (${part})`, async ({ page }) => {
      await page.route(new RegExp(part), (route) => route.abort())
      await page.goto(linkTo(sample()))
      await expect(page.getByRole('main')).toContainText('Look whether there is a connection')
    })
  }
})

test('a page without script names the command that opens the link', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL })
  const page = await context.newPage()
  await page.goto(linkTo(sample()))
  await expect(page.locator('noscript p')).toContainText('rebuildscope open')
  await context.close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1440]) {
    test(`a shared report is accessible in ${colorScheme} at ${width}px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      for (const level of ['verdict', 'full'] as const) {
        await page.goto('about:blank')
        await page.goto(linkTo(readFileSync(FAILED), level))
        await expect(heading(page)).toContainText('Failed')
        await expectAccessible(page)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(overflow).toBeLessThanOrEqual(0)
      }
    })
  }
}
