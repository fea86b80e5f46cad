// Lets Lighthouse judge some pages, each three times and as a phone sees it. What is right or
// wrong must be right; speed depends on the machine and is only told.
import { spawnSync } from 'node:child_process'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'

const RUNS = 3
const GATES = ['accessibility', 'best-practices', 'seo']
const CATEGORIES = [...GATES, 'performance']

/**
 * A variable that `cargo xtask test lighthouse` sets.
 * @param {string} name
 */
function variable(name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: start this by \`cargo xtask test lighthouse\``)
  return value
}

/** The fragment of a link that holds the report on a sample. */
function reportLink() {
  const log = '../public/samples/ollama-upgrade.log'
  const { status, stdout, stderr } = spawnSync(variable('REBUILDSCOPE_BIN'), ['share', log])
  if (status !== 0) throw new Error(`the command line ended with status ${status}: ${stderr}`)
  const link = stdout.toString().trim()
  return link.slice(link.indexOf('#'))
}

const PAGES = [
  '',
  reportLink(),
  'learn/nix-store/',
  'learn/binary-caches/',
  'learn/ollama-upgrade/',
]

/**
 * One run: scores from 0 to 100, how much the page moved while it loaded, and what costs points in
 * the scores that are a gate.
 * @param {string} url
 * @param {number} port
 */
async function judge(url, port) {
  const result = await lighthouse(url, { port, onlyCategories: CATEGORIES, logLevel: 'error' })
  if (!result) throw new Error(`Lighthouse says nothing of ${url}`)
  const { categories, audits, runtimeError } = result.lhr
  if (runtimeError) throw new Error(`${url}: ${runtimeError.message}`)
  const scores = CATEGORIES.map((name) => Math.round(100 * (categories[name]?.score ?? 0)))
  const refs = GATES.flatMap((name) => categories[name]?.auditRefs ?? [])
  const failed = refs.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
  const shift = audits['cumulative-layout-shift']?.numericValue ?? 0
  return { scores, shift, faults: failed.map(({ id }) => `${id}: ${audits[id]?.title}`) }
}

/**
 * The middle one.
 * @param {number[]} numbers
 */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

/**
 * Judges a page and says whether it passes.
 * @param {string} path
 * @param {number} port
 */
async function passes(path, port) {
  /** @type {Awaited<ReturnType<typeof judge>>[]} */
  const runs = []
  for (let run = 0; run < RUNS; run += 1) {
    runs.push(await judge(variable('REBUILDSCOPE_URL') + path, port))
  }
  const medians = CATEGORIES.map((_, at) => median(runs.map(({ scores }) => scores[at] ?? 0)))
  const told = CATEGORIES.map((name, at) => `${name} ${medians[at]}`)
  const shift = median(runs.map(({ shift }) => shift)).toFixed(3)
  console.log(`${path.slice(0, 24) || 'first page'}: ${told.join(', ')}, layout shift ${shift}`)
  if (medians.slice(0, GATES.length).every((score) => score === 100)) return true
  for (const fault of new Set(runs.flatMap(({ faults }) => faults))) console.log(`  ${fault}`)
  return false
}

const chromeFlags = ['--headless=new', '--disable-gpu', '--no-first-run']
if (variable('CHROMIUM_SANDBOX') === 'off') chromeFlags.push('--no-sandbox')
const chrome = await launch({ chromePath: variable('CHROMIUM'), chromeFlags })
const failed = []
try {
  for (const path of PAGES) {
    if (!(await passes(path, chrome.port))) failed.push(path)
  }
} finally {
  chrome.kill()
}
if (failed.length > 0) {
  console.log(`${failed.length} of ${PAGES.length} pages have faults.`)
  process.exitCode = 1
}
