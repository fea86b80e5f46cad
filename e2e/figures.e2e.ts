// What the page says of a log is what the command line says of it: the same analyzer, once
// compiled for the browser and once for this machine.
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cliReading, dropFiles, expect, logFile, open, test, type Json, type Page } from './utils'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FIXTURES = `${ROOT}analyzer/tests/fixtures/`

/** Logs of different kinds, which Nix printed. */
const OURS = [
  `${ROOT}public/samples/ollama-upgrade.log`,
  `${ROOT}public/samples/failed-build.log`,
  `${ROOT}public/samples/fetch-heavy.log`,
  `${FIXTURES}nix-2.34.8/hash-mismatch.log`,
  `${FIXTURES}nix-2.34.8/infinite-recursion.log`,
  `${FIXTURES}nix-2.34.8/lock-update-github.log`,
  `${FIXTURES}nix-2.34.8/diff-closures.log`,
  `${FIXTURES}nix-2.34.8/json-keep-going-stamped.log`,
  `${FIXTURES}nix-2.34.8/terminal-fetch.log`,
  `${FIXTURES}nix-2.34.8/rebuild-ng-unit-fails.log`,
  `${FIXTURES}nix-2.8.0/dependency-fails.log`,
  `${FIXTURES}nix-2.3.7/dependency-fails.log`,
]

/** Logs with labels that lie beside the project on some machines. */
const CORPUS = `${ROOT}../shared/corpus/logs/`
const THEIRS = existsSync(CORPUS)
  ? readdirSync(CORPUS).filter((name) => name.endsWith('.log')).map((name) => CORPUS + name)
  : []

for (const path of [...OURS, ...THEIRS]) {
  const name = path.split('/').slice(-2).join('/')

  test(`${name} says the same on the page and on the command line`, async ({ page }) => {
    const log = logFile(path)
    const reading = cliReading(log.bytes)
    await open(page)
    await dropFiles(page, log)
    if ('report' in reading) await expectReport(page, reading.report)
    else await expect(page.getByRole('main')).toContainText(reading.refusal)
  })
}

test('the corpus beside the project is there', () => {
  test.skip(THEIRS.length === 0, `${CORPUS} is not on this machine`)
  expect(THEIRS.length).toBeGreaterThan(40)
})

async function expectReport(page: Page, report: Json): Promise<void> {
  await expect(page).toHaveURL(/\/report\//)
  for (const [section, tally] of tallies(report, report.runs[0])) {
    await expectTally(page, section, tally)
  }
  for (const { text, run } of report.findings) {
    // What stands between backticks is shown as code.
    const sentence = page.getByRole('listitem').filter({ hasText: text.replace(/`([^`]*)`/g, '$1') })
    if (run === 0) await expect(sentence.first()).toBeVisible()
  }
}

/** What stands beside each entry in the list of sections. */
function tallies(report: Json, run: Json): [string, string][] {
  const count = (list: Json[] | undefined, is: (item: Json) => boolean = () => true) =>
    (list ?? []).filter(is).length.toLocaleString('en-US')
  const begun = ['built', 'building', 'failed']
  const moved = ['upgraded', 'downgraded', 'changed']
  const compared = run.closure || run.changes.some(({ source }: Json) => source !== 'plan')
  return [
    ['Versions', compared ? count(run.changes, (c) => c.source !== 'plan' && moved.includes(c.kind)) : '?'],
    ['Builds', count(run.derivations, ({ status }) => begun.includes(status))],
    ['Downloads', count(run.fetches, (f) => f.direction === 'from' && f.status === 'copied')],
    ['Failures', count(run.failures, ({ root }) => root)],
    ['Inputs', count(run.inputs)],
    ['Warnings', count(run.warnings)],
    ['Log', report.source.lines.toLocaleString('en-US')],
  ]
}

async function expectTally(page: Page, section: string, tally: string): Promise<void> {
  const sections = page.getByRole('navigation', { name: 'Sections of this report' })
  const link = sections.getByRole('link', { name: new RegExp(`^${section}\\b`) })
  await expect(link).toHaveAccessibleName(`${section} ${tally}`)
}
