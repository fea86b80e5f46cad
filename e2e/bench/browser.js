// Does with the site what a person does, and prints as JSON how long the page was busy with it.
// `cargo xtask bench browser` runs it, with the site's address and the log's path.
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { given, startBrowser } from './start.js'

const { site, measured: log } = given('browser')
const browser = await startBrowser()
const page = await browser.newPage()
await page.addInitScript(measure)
const load = loadavg()[0]
const sampleS = await medianOf(3, paintedSample)
const { firstProgressS, reportS } = await readLog()
const scrolled = await scrollLog()
const longestTaskMs = await page.evaluate(() => Math.max(0, .../** @type {any} */ (self).tasks))
const pageBytes = await heapBytes()
const workerBytes = await page.workers()[0]?.evaluate(memoryBytes)
const processBytes = await rendererBytes()
await browser.close()
const memory = { pageBytes, workerBytes, processBytes }
console.log(JSON.stringify({ load, sampleS, firstProgressS, reportS, longestTaskMs, ...memory, ...scrolled }))

/** @param {number} n @param {() => Promise<number>} measure */
async function medianOf(n, measure) {
  const values = []
  for (let round = 0; round < n; round += 1) values.push(await measure())
  return values.sort((a, b) => a - b)[Math.floor(n / 2)]
}

/** Seconds from the click on a sample to its verdict, on a processor of a quarter of the speed. */
async function paintedSample() {
  const session = await page.context().newCDPSession(page)
  await page.goto(site)
  await page.locator('main:not([aria-busy=true])').waitFor()
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.evaluate(() => {
    addEventListener('click', () => performance.mark('click'), { capture: true, once: true })
    const seen = new MutationObserver(() => {
      if (!document.querySelector('.verdict__title')) return
      seen.disconnect()
      // The second frame begins when the first was painted.
      requestAnimationFrame(() => requestAnimationFrame(() => performance.measure('sample', 'click')))
    })
    seen.observe(document.body, { childList: true, subtree: true })
  })
  await page.getByRole('link', { name: /Ollama/ }).click()
  await page.waitForFunction(() => performance.getEntriesByName('sample').length > 0)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return page.evaluate(() => (performance.getEntriesByName('sample')[0]?.duration ?? NaN) / 1000)
}

/** Seconds from the request to read the log to the first word about it, and to its report. */
async function readLog() {
  await page.goto(site)
  await page.locator('main:not([aria-busy=true])').waitFor()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles(log)
  await page.waitForFunction(() => performance.getEntriesByName('report').length > 0, null, { timeout: 300_000 })
  return page.evaluate(() => {
    const seconds = (/** @type {string} */ name) =>
      (performance.getEntriesByName(name)[0]?.duration ?? NaN) / 1000
    return { firstProgressS: seconds('progress'), reportS: seconds('report') }
  })
}

/** Goes through the log by pages and to its end; says how many times lines in view had no text for
 *  longer than a second. */
async function scrollLog() {
  const box = page.getByRole('region', { name: 'Log text' })
  await box.getByText(/\S/).first().waitFor({ timeout: 120_000 })
  await box.focus()
  let nEmpty = 0
  // A row of the page before stays in view.
  const rowsOfPage = Math.floor((await box.evaluate((it) => it.clientHeight)) / 24) - 1
  const nPages = Math.ceil(10_000 / rowsOfPage)
  const keys = [...Array(nPages).fill('PageDown'), 'End', ...Array(20).fill('PageUp'), 'Home']
  for (const key of keys) {
    await page.keyboard.press(key)
    const whole = page.waitForFunction(allHaveText, null, { timeout: 1000, polling: 'raf' })
    await whole.catch(() => (nEmpty += 1))
  }
  return { nRows: nPages * rowsOfPage, nEmpty }
}

/** Whether there are rows in the box, and each of those in view has text or is an empty line. */
function allHaveText() {
  const box = document.querySelector('.log [role=region]')
  const rows = [...(box?.querySelectorAll('.log__row') ?? [])]
  const { top, bottom } = box?.getBoundingClientRect() ?? { top: 0, bottom: 0 }
  const inView = rows.filter((row) => {
    const { top: from, bottom: to } = row.getBoundingClientRect()
    return to > top && from < bottom
  })
  const withText = inView.filter((row) => row.querySelector('.log__text')?.textContent)
  return inView.length > 0 && withText.length * 2 > inView.length
}

/** What the page's process takes with its workers, where the system tells: the largest renderer. */
async function rendererBytes() {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  return Math.max(0, ...renderers.map(({ id }) => residentBytes(id)))
}

/** @param {number} pid */
function residentBytes(pid) {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) * 1024
  } catch {
    return 0
  }
}

async function heapBytes() {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize
}

/** Notes, before the page's program starts, what it waits for and what keeps it busy. */
function measure() {
  Object.assign(self, { tasks: [] })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) /** @type {any} */ (self).tasks.push(duration)
  }).observe({ type: 'longtask' })
  globalThis.Worker = class extends Worker {
    /** @param {[string | URL, WorkerOptions?]} args */
    constructor(...args) {
      super(...args)
      this.addEventListener('message', ({ data }) => {
        // The first byte is the kind of the answer, as in `app/src/protocol.rs`.
        const name = data[0] === 1 ? 'progress' : data[0] === 2 ? 'report' : ''
        const isFirst = name !== '' && performance.getEntriesByName(name).length === 0
        if (isFirst && performance.getEntriesByName('request').length > 0) performance.measure(name, 'request')
      })
    }

    /** @param {any} message @param {any} [transfer] */
    postMessage(message, transfer) {
      if (message.blob) performance.mark('request')
      super.postMessage(message, transfer)
    }
  }
}

/** The worker's memory. It never shrinks: what it is at the end is the most that it was. */
async function memoryBytes() {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
  const glue = loaded.find((url) => /\/worker-[0-9a-f]+\.js$/.test(url))
  const { default: program } = await import(glue ?? '')
  const { memory } = await program()
  return memory.buffer.byteLength
}
