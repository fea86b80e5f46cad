// What the tests share: a `test` that watches the page, the ways to give it a log, and the
// command line's reading of the same log.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Locator, type Page } from '@playwright/test'

export { expect, type Locator, type Page }

type Options = {
  /** Console errors that this test provokes. */
  expectedErrors: RegExp[]
}

type Guards = {
  /** Fails a test whose page logs an error or asks another origin for anything. */
  guard: void
}

/** Playwright's `test`, for a page that must neither log an error nor leave its origin. */
export const test = base.extend<Options & Guards>({
  expectedErrors: [[], { option: true }],
  guard: [
    async ({ page, baseURL, expectedErrors }, use) => {
      const problems: string[] = []
      const isExpected = (text: string) => expectedErrors.some((pattern) => pattern.test(text))
      page.on('console', (message) => {
        if (message.type() === 'error' && !isExpected(message.text())) problems.push(message.text())
      })
      page.on('pageerror', (error) => problems.push(String(error)))
      page.context().on('request', (request) => {
        if (leavesOrigin(request.url(), baseURL)) problems.push(`request to ${request.url()}`)
      })
      await use()
      // What is still asked for when a test ends is given up with it.
      if (!page.isClosed()) await page.unrouteAll({ behavior: 'ignoreErrors' })
      expect(problems, 'console errors and requests to other origins').toEqual([])
    },
    { auto: true },
  ],
})

function leavesOrigin(url: string, baseURL: string | undefined): boolean {
  const { protocol, origin } = new URL(url)
  return !['data:', 'blob:'].includes(protocol) && origin !== new URL(baseURL ?? url).origin
}

/** A file as the tests hand it over. */
export type LogFile = { name: string; bytes: Buffer }

/** A file of the disk. */
export function logFile(path: string): LogFile {
  return { name: basename(path), bytes: readFileSync(path) }
}

/** Opens a page of the site by its path below the base, and waits until it can be used. */
export async function open(page: Page, path = ''): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // The program takes this away when it has taken over.
  await expect(page.locator('main')).not.toHaveAttribute('aria-busy', 'true')
}

/** Drops files on the page, as from a file manager. */
export async function dropFiles(page: Page, ...files: LogFile[]): Promise<void> {
  const payload = files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }))
  const data = await page.evaluateHandle((files) => {
    const transfer = new DataTransfer()
    for (const { name, base64 } of files) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      transfer.items.add(new File([bytes], name))
    }
    return transfer
  }, payload)
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await page.locator('main').dispatchEvent(event, { dataTransfer: data })
  }
}

/** Chooses files by the button that asks for them. */
export async function pickFiles(page: Page, ...files: LogFile[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  const payload = files.map(({ name, bytes }) => ({ name, mimeType: 'text/plain', buffer: bytes }))
  await (await chooser).setFiles(payload)
}

/** Pastes text with the keyboard, wherever the focus is. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text)
  await page.keyboard.press('Control+V')
}

/** What the command line says of a log: a report as JSON, or the sentence with which it refuses. */
export type Reading = { report: Json } | { refusal: string }

/** The public form of the report, which the JSON Schema describes. */
export type Json = any

/** Reads the same bytes by the command line. */
export function cliReading(log: Buffer): Reading {
  const program = process.env['REBUILDSCOPE_BIN']
  if (!program) throw new Error('REBUILDSCOPE_BIN is not set')
  const options = { input: log, maxBuffer: 1 << 30 }
  const { status, stdout, stderr } = spawnSync(program, ['report', '--format', 'json', '-'], options)
  if (status === 0) return { report: JSON.parse(stdout.toString()) }
  if (status === 1) return { refusal: stderr.toString().replace('rebuildscope: ', '').trim() }
  throw new Error(`the command line ended with status ${status}: ${stderr}`)
}

/** Fails if axe finds anything on the page as it is now, by all its rules or by those named. */
export async function expectAccessible(page: Page, ...rules: string[]): Promise<void> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(', ')}`)
  expect(found).toEqual([])
}
