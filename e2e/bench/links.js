// Makes and opens links by the site's own programs, and prints as JSON how long it takes: the
// first time, with all that has to be read for it, and after it. `cargo xtask bench share` runs it.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { given, startBrowser } from './start.js'

const { site, measured: folder } = given('share')
const browser = await startBrowser()
const times = { open: await timesOf('open'), make: await timesOf('make') }
await browser.close()
console.log(JSON.stringify(times))

/**
 * The median of the first times, each in a page of its own, and of those after it.
 * @param {'open' | 'make'} kind
 */
async function timesOf(kind) {
  const names = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`))
  /** @type {number[]} */
  const first = []
  /** @type {number[]} */
  const later = []
  for (const name of names) {
    const page = await browser.newPage()
    // What the page itself does first is measured by `browser`.
    await page.goto(site, { waitUntil: 'networkidle' })
    const request = readFileSync(join(folder, name)).toString('base64')
    const times = await page.evaluate(run, { program: `${kind}_link`, request })
    first.push(...times.slice(0, 1))
    later.push(...times.slice(1))
    await page.close()
  }
  return { firstMs: median(first), laterMs: median(later) }
}

/**
 * Runs a program several times in a worker of the site; the files are there before the clock starts.
 * @param {{ program: string, request: string }} asked
 */
async function run({ program, request }) {
  const loader = document.querySelector('meta[name="rebuildscope-tasks"]')?.getAttribute('content')
  const worker = new Worker(new URL(loader ?? '', document.baseURI), { type: 'module' })
  const bytes = Uint8Array.from(atob(request), (char) => char.charCodeAt(0))
  const ask = (/** @type {Uint8Array} */ bytes) =>
    new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }) => {
        if (data instanceof Uint8Array) resolve(data)
        else reject(new Error(`${program} gave no answer: ${data}`))
      }
      worker.postMessage({ name: program, request: bytes, port: port2 }, [port2])
    })
  // A request that is none loads the program and its data, and leaves its tables unread.
  await ask(new Uint8Array()).catch(() => null)
  /** @type {number[]} */
  const times = []
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now()
    await ask(bytes)
    times.push(performance.now() - start)
  }
  worker.terminate()
  return times
}

/** @param {number[]} numbers */
function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
}
