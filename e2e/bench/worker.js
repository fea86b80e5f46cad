// Lets the site read one log of the disk, as a person would, and prints what that took as JSON.
// `cargo xtask bench worker` runs it, with the site's address and the log's path.
import { given, startBrowser } from './start.js'

const { site, measured: log } = given('worker')
const browser = await startBrowser()
const page = await browser.newPage()
await page.addInitScript(measureReading)
await page.goto(site)
await page.locator('main:not([aria-busy=true])').waitFor()
const chooser = page.waitForEvent('filechooser')
await page.getByRole('button', { name: 'Choose files' }).click()
await (await chooser).setFiles(log)
// The lines that the page shows of the log come from the worker, too, after the report.
const lines = page.getByRole('region', { name: 'Log text' }).getByText(/\S/)
await lines.first().waitFor({ timeout: 120_000 })
const workerS = await page.evaluate(readingSeconds)
const browserS = await page.evaluate(streamSeconds)
const peakBytes = await page.workers()[0]?.evaluate(memoryBytes)
await browser.close()
console.log(JSON.stringify({ workerS, browserS, peakBytes }))

/** Measures, before the page's program starts, from the request to read a log to the report. */
function measureReading() {
  globalThis.Worker = class extends Worker {
    /** @param {[string | URL, WorkerOptions?]} args */
    constructor(...args) {
      super(...args)
      this.addEventListener('message', ({ data }) => {
        // The first byte is the kind of the answer: `Done` of `app/src/protocol.rs`.
        if (data[0] === 2) performance.measure('reading', 'request')
      })
    }

    /** @param {{ request: Uint8Array, blob?: Blob }} message */
    postMessage(message) {
      if (message.blob) {
        performance.mark('request')
        Object.assign(self, { blob: message.blob })
      }
      super.postMessage(message)
    }
  }
}

function readingSeconds() {
  const [reading] = performance.getEntriesByName('reading')
  return reading && reading.duration / 1000
}

/** What the browser alone takes to hand the same bytes to a program that does nothing. */
async function streamSeconds() {
  const start = performance.now()
  const reader = /** @type {any} */ (self).blob.stream().getReader()
  while (!(await reader.read()).done);
  return (performance.now() - start) / 1000
}

/** The worker's memory. It never shrinks: what it is at the end is the most that it was. */
async function memoryBytes() {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
  const glue = loaded.find((url) => /\/worker-[0-9a-f]+\.js$/.test(url))
  // The module that runs, whose start was called long ago: it gives the program that it started.
  const { default: program } = await import(glue ?? '')
  const { memory } = await program()
  return memory.buffer.byteLength
}
