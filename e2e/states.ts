// The states that the site can be in, and how a person comes to each.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dropFiles, expect, logFile, open, type Locator, type LogFile, type Page } from './utils'

type State = {
  bring: (page: Page) => Promise<unknown>
  /** What a person looks at, where the picture is of the window; else it is of the whole page. */
  at?: (page: Page) => Locator
  /** Console errors that belong to it. */
  errors?: RegExp
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const sample = (name: string) => logFile(path(`../public/samples/${name}.log`))
const fixture = (name: string) => logFile(path(`../analyzer/tests/fixtures/${name}.log`))
const beside = (name: string) => logFile(path(`fixtures/${name}`))

const logText = (page: Page) => page.getByRole('region', { name: 'Log text' })

export const STATES: Record<string, State> = {
  start: { bring: (page) => open(page) },
  'start-nothing-loaded': { bring: (page) => open(page, 'report/') },
  'start-not-a-log': {
    bring: async (page) => {
      await open(page)
      await dropFiles(page, { name: 'letter.txt', bytes: Buffer.from('Dear diary,\nnothing was built.\n') })
      await expect(page.getByRole('main')).toContainText('letter.txt: This is not the log of a rebuild')
    },
  },
  'start-worker-crashed': {
    errors: /unreachable/,
    bring: async (page) => {
      page.removeAllListeners('pageerror')
      await page.route(/worker_loader/, async (route) => {
        const response = await route.fetch()
        const crash = `addEventListener('message', () => { throw new WebAssembly.RuntimeError('unreachable') })\n`
        await route.fulfill({ response, body: crash + (await response.text()) })
      })
      await open(page)
      await dropFiles(page, sample('ollama-upgrade'))
      await expect(page.getByRole('main')).toContainText('stopped in the middle of this one')
    },
  },
  reading: {
    bring: async (page) => {
      // A worker that never comes: the page goes on waiting.
      await page.route(/\/worker_bg-/, () => {})
      await open(page)
      await dropFiles(page, sample('ollama-upgrade'))
      await expect(page.getByRole('progressbar')).toBeVisible()
    },
  },
  'report-switched': { bring: (page) => openReport(page, 'sample=ollama-upgrade') },
  'report-failed': { bring: (page) => openReport(page, 'sample=failed-build') },
  'report-fetched': { bring: (page) => openReport(page, 'sample=fetch-heavy') },
  'report-hosts': {
    bring: async (page) => {
      await dropLog(page, fixture('written/colmena-three-nodes'))
      await page.getByRole('navigation', { name: 'Runs in this log' }).getByRole('link', { name: /beta/ }).click()
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Failed')
    },
  },
  'report-two-runs': { bring: (page) => dropLog(page, fixture('written/two-rebuilds')) },
  'report-two-files': {
    bring: async (page) => {
      await dropLog(page, beside('switch-old.log'), beside('switch-new.log'))
      await expect(page.getByLabel('File')).toBeVisible()
    },
  },
  'report-units-failed': { bring: (page) => dropLog(page, fixture('written/switch-two-units-fail-bash')) },
  'report-many-failures': { bring: (page) => dropLog(page, fixture('nix-2.34.8/keep-going-many')) },
  'report-diff-alone': { bring: (page) => dropLog(page, fixture('written/dix')) },
  'report-inputs': { bring: (page) => dropLog(page, fixture('nix-2.34.8/lock-update-github')) },
  'report-time-zoomed': {
    at: (page) => page.getByRole('application', { name: /^Timeline/ }),
    bring: async (page) => {
      await openReport(page, 'sample=ollama-upgrade&section=time&window=60000-200000')
      const chart = page.getByRole('application', { name: /^Timeline/ })
      await chart.focus()
      await page.keyboard.press('ArrowDown')
      await expect(page.getByRole('button', { name: 'Zoom to it' })).toBeVisible()
    },
  },
  'report-tree': {
    at: (page) => page.getByText('Below each derivation stands what it is made of'),
    bring: async (page) => {
      await openReport(page, 'sample=ollama-upgrade')
      await page.getByText('What is made of what').click()
      await expect(page.getByText('Below each derivation stands what it is made of')).toBeVisible()
    },
  },
  'report-at-a-line': {
    at: logText,
    bring: async (page) => {
      await openReport(page, 'sample=ollama-upgrade&section=log&line=600-602')
      await expect(logText(page).locator('[aria-current="true"]')).toHaveCount(3)
      await expect(logText(page).getByRole('link', { name: '601', exact: true })).toBeInViewport()
    },
  },
  'log-searched': {
    at: logText,
    bring: async (page) => {
      await openReport(page, 'sample=failed-build&section=log')
      const search = page.getByRole('search', { name: 'Search the log' })
      await search.getByRole('searchbox', { name: 'Find in the log' }).fill('error')
      await page.keyboard.press('Enter')
      await expect(search.getByRole('status')).toContainText(/^1 of \d+ lines$/)
      await expect(logText(page).locator('mark').first()).toBeInViewport()
    },
  },
  'log-folded': {
    at: logText,
    bring: async (page) => {
      await openReport(page, 'sample=ollama-upgrade&section=log&line=390&fold=failed')
      await expect(logText(page).getByRole('button', { name: /^nvidia.* lines$/ }).first()).toBeVisible()
    },
  },
  'report-with-article': {
    bring: async (page) => {
      await openReport(page, 'sample=ollama-upgrade&article=nix-store')
      await expect(page.getByRole('complementary', { name: 'The Nix store' })).toContainText('hash')
    },
  },
  'report-shared': {
    at: (page) => page.getByRole('dialog'),
    bring: async (page) => {
      await openReport(page, 'sample=ollama-upgrade&share=changes')
      await expect(page.getByRole('dialog').getByText('Will it fit?')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Copy link' })).toBeEnabled()
    },
  },
  'report-shared-by-password': {
    at: (page) => page.getByLabel('Password', { exact: true }),
    bring: async (page) => {
      await openReport(page, 'sample=ollama-upgrade&share=changes')
      const shared = page.getByRole('dialog')
      await shared.getByText('Protect the link with a password').click()
      const [password, link] = [shared.getByLabel('Password', { exact: true }), shared.getByLabel('Link', { exact: true })]
      await expect(link).toHaveValue(/#r1/)
      const before = await link.inputValue()
      await password.fill('correct horse')
      await expect(link).not.toHaveValue(before)
      await expect(link).toHaveValue(/#r1/)
    },
  },
  'report-keys': {
    at: (page) => page.getByRole('dialog'),
    bring: async (page) => {
      await openReport(page, 'sample=ollama-upgrade')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
    },
  },
  'report-cleared': {
    bring: async (page) => {
      await dropLog(page, fixture('written/dix'))
      await page.getByRole('button', { name: 'Clear' }).click()
      await expect(page.getByText('No longer kept')).toBeVisible()
    },
  },
  'report-from-a-link': { bring: (page) => openLink(page, linkTo(sample('ollama-upgrade'))) },
  'report-of-a-verdict': { bring: (page) => openLink(page, linkTo(sample('failed-build'), '--level', 'verdict')) },
  'link-cut': {
    bring: async (page) => {
      await page.goto(linkTo(sample('ollama-upgrade')).slice(0, 500))
      await expect(page.getByRole('alert').first()).toBeVisible()
    },
  },
  'link-with-password': {
    bring: async (page) => {
      await page.goto(linkWithPassword(sample('ollama-upgrade')))
      await page.getByLabel('Password').fill('wrong horse')
      await page.getByRole('button', { name: 'Open', exact: true }).click()
      await expect(page.getByRole('alert').filter({ hasText: 'does not open the link' })).toBeVisible()
    },
  },
  'compare-empty': { bring: (page) => open(page, 'compare/') },
  compare: {
    bring: async (page) => {
      await open(page, 'compare/?v=1&old=sample.fetch-heavy&new=sample.ollama-upgrade')
      await expectCompared(page)
    },
  },
  'compare-links': {
    bring: async (page) => {
      const [old, new_] = ['switch-old.log', 'switch-new.log'].map((name) => linkTo(beside(name)).slice(1))
      await open(page, `compare/#${old}~${new_}`)
      await expectCompared(page)
    },
  },
  'compare-listings': {
    bring: async (page) => {
      await open(page)
      await dropFiles(page, beside('closure-old.txt'), beside('closure-new.txt'))
      await expectCompared(page)
    },
  },
  'history-empty': {
    bring: async (page) => {
      await open(page, 'history/')
      await expect(page.getByText('No report is kept yet.')).toBeVisible()
    },
  },
  history: {
    bring: async (page) => {
      await keepReports(page)
      await expect(page.getByRole('figure', { name: 'Time' })).toContainText('4 runs')
    },
  },
  'history-deleted': {
    bring: async (page) => {
      await keepReports(page)
      await page.getByRole('button', { name: 'Delete 2025-03-08.log' }).click()
      await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
    },
  },
  learn: { bring: (page) => open(page, 'learn/') },
  'learn-found': { bring: (page) => searchArticles(page, 'garbage', /\d+ places found/) },
  'learn-nothing-found': { bring: (page) => searchArticles(page, 'xylophone', /.+/) },
  article: { bring: (page) => open(page, 'learn/nix-store/') },
  'article-with-figure': { bring: (page) => open(page, 'learn/why-upgrades-take-long/') },
  glossary: { bring: (page) => open(page, 'learn/glossary/') },
  about: { bring: (page) => open(page, 'about/') },
  'not-found': { errors: /404/, bring: (page) => open(page, 'no/such/page/') },
}

/** What is put on paper. */
export const PRINTED = ['report-switched', 'report-failed', 'report-tree', 'compare', 'article', 'history']

/** Opens a report by what its address asks for. */
export async function openReport(page: Page, query: string): Promise<void> {
  await page.goto(`report/?v=1&${query}`)
  await expect(page.getByRole('list', { name: 'Figures' })).toBeVisible()
  await expect(logText(page)).toBeVisible()
}

async function dropLog(page: Page, ...files: LogFile[]): Promise<void> {
  await open(page)
  await dropFiles(page, ...files)
  await expect(page.getByRole('list', { name: 'Figures' })).toBeVisible()
  await expect(logText(page)).toBeVisible()
}

async function openLink(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await expect(page.getByRole('list', { name: 'Figures' })).toBeVisible()
}

async function expectCompared(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'What differs' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('table').first()).toBeVisible()
}

async function searchArticles(page: Page, words: string, said: RegExp): Promise<void> {
  await open(page, 'learn/')
  await page.getByRole('searchbox', { name: 'Search articles and terms' }).fill(words)
  await expect(page.getByRole('status')).toContainText(said)
}

/** Keeps the reports of four Saturdays, and opens their list. */
async function keepReports(page: Page): Promise<void> {
  for (const [day, minutes] of [['01', 8], ['08', 10], ['15', 9], ['22', 31]] as const) {
    await dropLog(page, switched(`2025-03-${day}`, minutes))
    await page.getByRole('button', { name: 'Keep on this device' }).click()
    await expect(page.getByRole('link', { name: 'Kept on this device' })).toBeVisible()
  }
  await page.getByRole('link', { name: 'Kept on this device' }).click()
  await expect(page.getByRole('table')).toBeVisible()
}

/** The log of a switch that built something for so many minutes, fetched, and grew. */
function switched(day: string, minutes: number): LogFile {
  const [drv, fetched] = ['2', '3'].map((digit) => `/nix/store/${digit.repeat(32)}`)
  const at = (minute: number) => `${day}T10:${String(minute).padStart(2, '0')}:00+0000`
  const lines = [
    `${at(0)} [alice@laptop:~]$ sudo nixos-rebuild switch`,
    `${at(0)} building the system configuration...`,
    `${at(0)} this derivation will be built:`,
    `${at(0)}   ${drv}-ollama-0.6.0.drv`,
    `${at(0)} this path will be fetched (${minutes * 37}.25 MiB download, ${minutes * 90}.50 MiB unpacked):`,
    `${at(0)}   ${fetched}-firefox-136.0`,
    `${at(0)} copying path '${fetched}-firefox-136.0' from 'https://cache.nixos.org'...`,
    `${at(1)} building '${drv}-ollama-0.6.0.drv'...`,
    `${at(minutes)} activating the configuration...`,
    `${at(minutes)} setting up /etc...`,
    `${at(minutes)} Done. The new configuration is /nix/store/${'1'.repeat(32)}-nixos-system-laptop-25.05`,
    `${at(minutes)} Version changes:`,
    `${at(minutes)} [U.]  #1  firefox  135.0 -> 136.0`,
    `${at(minutes)} Closure size: 1500 -> 1501 (3 paths added, 2 paths removed, delta +1, disk usage +${minutes}.2MiB).`,
  ]
  return { name: `${day}.log`, bytes: Buffer.from(lines.join('\n') + '\n') }
}

/** A link that holds the report on a log, from `#` on. */
function linkTo({ bytes }: LogFile, ...options: string[]): string {
  const program = process.env['REBUILDSCOPE_BIN']
  if (!program) throw new Error('REBUILDSCOPE_BIN is not set')
  const args = ['share', ...(options.length > 0 ? options : ['--level', 'full']), '-']
  const { status, stdout, stderr } = spawnSync(program, args, { input: bytes })
  if (status !== 0) throw new Error(stderr.toString())
  return stdout.toString().trim().replace(/^.*#/, '#')
}

function linkWithPassword(log: LogFile): string {
  const folder = mkdtempSync(join(tmpdir(), 'rebuildscope-'))
  const file = join(folder, 'password')
  writeFileSync(file, 'correct horse\n')
  try {
    return linkTo(log, '--level', 'changes', '--password-file', file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
