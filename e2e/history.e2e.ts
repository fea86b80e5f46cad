// Reports that a person keeps on this device: only when asked to, until they are deleted.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dropFiles, expect, expectAccessible, open, test, type Locator, type Page } from './utils'

const KEEP = 'Keep on this device'

/** The log of a switch on a host, with the diff of nvd. */
function log(host: string, version: string): Buffer {
  const lines = [
    `[alice@${host}:~]$ sudo nixos-rebuild switch`,
    'building the system configuration...',
    'activating the configuration...',
    'setting up /etc...',
    `Done. The new configuration is /nix/store/${'1'.repeat(32)}-nixos-system-${host}-25.05`,
    `alice@${host}:~$ nvd diff /nix/var/nix/profiles/system-1-link /run/current-system`,
    '<<< /nix/var/nix/profiles/system-1-link',
    '>>> /run/current-system',
    'Version changes:',
    `[U.]  #1  ollama  0.5.13 -> ${version}`,
    'Closure size: 100 -> 101 (2 paths added, 1 paths removed, delta +1, disk usage +1.2MiB).',
  ]
  return Buffer.from(lines.join('\n') + '\n')
}

async function openLog(page: Page, name: string, bytes: Buffer): Promise<void> {
  await open(page)
  await dropFiles(page, { name, bytes })
  await expect(page.getByRole('region', { name: 'Versions', exact: true })).toBeVisible()
}

/** Reads a log and keeps its report. */
async function keep(page: Page, name: string, bytes: Buffer): Promise<void> {
  await openLog(page, name, bytes)
  await page.getByRole('button', { name: KEEP }).click()
  await expect(page.getByRole('link', { name: 'Kept on this device' })).toBeVisible()
}

async function openHistory(page: Page): Promise<void> {
  await open(page, 'history/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reports kept on this device')
}

/** The row of a report by its name. */
function row(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name }) })
}

/** How many texts this site keeps, whatever the page says. */
function countStored(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const wait = (request: IDBRequest) =>
      new Promise<any>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const names = (await indexedDB.databases()).map((database) => database.name)
    if (!names.includes('rebuildscope')) return 0
    const database: IDBDatabase = await wait(indexedDB.open('rebuildscope'))
    const all = await wait(database.transaction('reports').objectStore('reports').getAll())
    database.close()
    return all.length
  })
}

test('nothing is stored before the person keeps a report', async ({ page }) => {
  await openLog(page, 'a.log', log('laptop', '0.6.0'))
  expect(await countStored(page)).toBe(0)
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
  await openHistory(page)
  await expect(page.getByText('No report is kept yet.')).toBeVisible()
  expect(await countStored(page)).toBe(0)
})

for (const [level, left] of [
  ['full', ''],
  ['changes', ': verdict, versions and inputs, without builds and failures'],
  ['verdict', ': the verdict alone, without versions and builds'],
] as const) {
  test(`what is kept of a link is said (${level})`, async ({ page }) => {
    const program = process.env['REBUILDSCOPE_BIN']
    if (!program) throw new Error('REBUILDSCOPE_BIN is not set')
    const input = log('laptop', '0.6.0')
    const { stdout } = spawnSync(program, ['share', '--level', level, '-'], { input })
    await page.goto(stdout.toString().trim().replace(/^.*#/, '#'))
    await page.getByRole('button', { name: KEEP }).click()
    const status = page.getByRole('status').filter({ hasText: 'Kept on this device' })
    await expect(status).toHaveText(`Kept on this device${left}`)
  })
}

test('a kept report is listed under its host and opens after a reload', async ({ page }) => {
  await keep(page, 'march.log', log('laptop', '0.6.0'))
  await page.getByRole('link', { name: 'Kept on this device' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'laptop' })).toBeVisible()
  await page.reload()
  await expect(row(page, 'march.log')).toContainText('no clock; kept')
  await expect(row(page, 'march.log').getByRole('cell').nth(5)).toHaveText('1')
  await page.getByRole('link', { name: 'march.log' }).click()
  await expect(page).toHaveURL(/report\/\?v=1&kept=1$/)
  const versions = page.getByRole('region', { name: 'Versions', exact: true })
  await expect(versions.getByRole('rowheader', { name: 'ollama' })).toBeVisible()
  await page.reload()
  await expect(versions.getByRole('row').filter({ hasText: 'ollama' })).toContainText(/0\.5\.13.*0\.6\.0/)
  await expect(page.getByText('march.log')).toBeVisible()
})

test('a report that is kept twice is kept once', async ({ page }) => {
  await keep(page, 'a.log', log('laptop', '0.6.0'))
  await keep(page, 'b.log', log('laptop', '0.6.0'))
  expect(await countStored(page)).toBe(1)
})

test('deleted reports come back by Undo, and are gone without it', async ({ page }) => {
  await keep(page, 'a.log', log('laptop', '0.6.0'))
  await keep(page, 'b.log', log('server', '0.6.1'))
  await openHistory(page)
  await page.getByRole('button', { name: 'Delete a.log' }).click()
  await expect(row(page, 'a.log')).toHaveCount(0)
  await expect(row(page, 'b.log')).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row(page, 'a.log')).toHaveCount(1)
  await page.getByRole('button', { name: 'Delete all' }).click()
  await expect(page.getByRole('status').last()).toContainText('2 reports are deleted.')
  await page.reload()
  await expect(page.getByText('No report is kept yet.')).toBeVisible()
  expect(await countStored(page)).toBe(0)
})

test('saved reports are added again from their file, each once', async ({ page }) => {
  await keep(page, 'a.log', log('laptop', '0.6.0'))
  await keep(page, 'b.log', log('server', '0.6.1'))
  await openHistory(page)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save all as a file' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('rebuildscope-reports.txt')
  const text = readFileSync(await file.path(), 'utf8')
  expect(text.match(/^http.*\/#r1/gm)).toHaveLength(2)
  expect(text).toMatch(/\n# \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S+ a\.log\nhttp/)
  await page.getByRole('button', { name: 'Delete a.log' }).click()
  await expect(row(page, 'a.log')).toHaveCount(0)
  const payload = { name: 'kept.txt', mimeType: 'text/plain', buffer: Buffer.from(text + '#r1cut\n') }
  await page.getByLabel('Add from a file').setInputFiles(payload)
  const said = page.getByRole('status').last()
  await expect(said).toContainText('1 report was added. 1 was kept already. 1 could not be read:')
  await expect(row(page, 'a.log')).toContainText('Built')
  await expect(row(page, 'b.log')).toHaveCount(1)
})

test('a file without links is said to have none', async ({ page }) => {
  await openHistory(page)
  const payload = { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('no link here\n') }
  await page.getByLabel('Add from a file').setInputFiles(payload)
  await expect(page.getByRole('status').last()).toHaveText('There is no link with a report in this file.')
})

test('where the browser keeps nothing, a sentence says so and the report stays', async ({ page }) => {
  await page.addInitScript(() => {
    const denied = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    IDBFactory.prototype.open = denied
  })
  await openLog(page, 'a.log', log('laptop', '0.6.0'))
  await page.getByRole('button', { name: KEEP }).click()
  await expect(page.getByText('lets this site keep nothing on this device')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Versions', exact: true })).toBeVisible()
  await openHistory(page)
  await expect(page.getByText('lets this site keep nothing on this device')).toBeVisible()
})

test('where there is no room, a sentence says so', async ({ page }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await openLog(page, 'a.log', log('laptop', '0.6.0'))
  await page.getByRole('button', { name: KEEP }).click()
  await expect(page.getByText('There is no room left for it on this device.')).toBeVisible()
})

test('the address of a report that is not kept says so', async ({ page }) => {
  await open(page, 'report/?v=1&kept=7')
  await expect(page.getByRole('paragraph').filter({ hasText: 'this browser keeps none under it' }).last()).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the list of kept reports is accessible in ${colorScheme} on a phone`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 360, height: 900 })
    await keep(page, 'a.log', log('laptop', '0.6.0'))
    await expectAccessible(page)
    await openHistory(page)
    await expect(row(page, 'a.log')).toHaveCount(1)
    await expectAccessible(page)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })
}

/** A log that compares nothing: it fetches a package and switches. */
function plainLog(host: string, version: string): Buffer {
  const path = `/nix/store/${version.replace(/\D/g, '').padEnd(32, '0')}-ollama-${version}`
  const lines = [
    `[alice@${host}:~]$ sudo nixos-rebuild switch`,
    'this path will be fetched (1.00 MiB download, 2.00 MiB unpacked):',
    `  ${path}`,
    `copying path '${path}' from 'https://cache.nixos.org'...`,
    'activating the configuration...',
    'setting up /etc...',
    `Done. The new configuration is /nix/store/${'1'.repeat(32)}-nixos-system-${host}-25.05`,
  ]
  return Buffer.from(lines.join('\n') + '\n')
}

test('a log without a diff gets its old versions from a kept report of the same host', async ({ page }) => {
  await open(page)
  await dropFiles(page, { name: 'first.log', bytes: plainLog('laptop', '0.5.13') })
  const versions = page.getByRole('region', { name: 'Versions', exact: true })
  await expect(versions.getByText('No versions to compare')).toBeVisible()
  await versions.getByRole('button', { name: 'List what was built and fetched' }).click()
  const ollama = versions.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'ollama' }) })
  await expect(ollama).toContainText('0.5.13')
  await expect(page).toHaveURL(/since=nothing/)
  await page.getByRole('button', { name: KEEP }).click()
  await expect(page.getByRole('link', { name: 'Kept on this device' })).toBeVisible()

  await open(page)
  await dropFiles(page, { name: 'second.log', bytes: plainLog('laptop', '0.6.0') })
  await expect(ollama).toContainText(/0\.6\.0.*was 0\.5\.13 in the report kept on \d+ \w+ \d{4}/)
  await expect(versions).toContainText('1 old version is from the report kept on')

  await open(page)
  await dropFiles(page, { name: 'other.log', bytes: plainLog('server', '0.6.0') })
  await expect(versions.getByText('No versions to compare')).toBeVisible()
  await expect(versions.getByText('kept on')).toHaveCount(0)
})

test('two kept reports are compared', async ({ page }) => {
  await keep(page, 'a.log', log('laptop', '0.6.0'))
  await keep(page, 'b.log', log('laptop', '0.7.0'))
  await openHistory(page)
  const compare = page.getByRole('button', { name: 'Compare the two chosen' })
  await expect(compare).toBeDisabled()
  await page.getByRole('checkbox', { name: 'Compare a.log' }).check()
  await page.getByRole('checkbox', { name: 'Compare b.log' }).check()
  await compare.click()
  await expect(page).toHaveURL(/compare\/\?v=1&old=kept\.1&new=kept\.2/)
  await expect(page.getByRole('row').filter({ hasText: 'ollama' })).toContainText(/0\.6\.0.*0\.7\.0/)
})

/** The log of a stamped switch on a host that built a package for so many minutes. */
function stampedLog(day: string, minutes: number): Buffer {
  const drv = `/nix/store/${'2'.repeat(32)}-ollama-0.6.0.drv`
  const at = (minute: number) => `${day}T10:${String(minute).padStart(2, '0')}:00+0000`
  const lines = [
    `${at(0)} [alice@laptop:~]$ sudo nixos-rebuild switch`,
    `${at(0)} building the system configuration...`,
    `${at(0)} this derivation will be built:`,
    `${at(0)}   ${drv}`,
    `${at(0)} building '${drv}'...`,
    `${at(minutes)} activating the configuration...`,
    `${at(minutes)} setting up /etc...`,
    `${at(minutes)} Done. The new configuration is /nix/store/${'1'.repeat(32)}-nixos-system-laptop-25.05`,
  ]
  return Buffer.from(lines.join('\n') + '\n')
}

test('kept reports tell how figures went, and what is usual for the next one', async ({ page }) => {
  for (const [day, minutes] of [['2025-03-01', 8], ['2025-03-08', 10]] as const) {
    await openReportOnly(page, `${day}.log`, stampedLog(day, minutes))
    await page.getByRole('button', { name: KEEP }).click()
    await expect(page.getByRole('link', { name: 'Kept on this device' })).toBeVisible()
  }
  await openHistory(page)
  await expect(page.getByRole('figure', { name: 'Time' })).toContainText('2 runs, from 8 min to 10 min')
  await openReportOnly(page, '2025-03-15.log', stampedLog('2025-03-15', 20))
  const usual = page.getByRole('list', { name: 'Beside what is usual here' })
  await expect(usual).toContainText('The whole run took 20 min; here it usually takes 9 min.')
  await usual.getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reports kept on this device')
})

async function openReportOnly(page: Page, name: string, bytes: Buffer): Promise<void> {
  await open(page)
  await dropFiles(page, { name, bytes })
  await expect(page.getByRole('list', { name: 'Figures' })).toBeVisible()
}
