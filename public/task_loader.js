// Runs programs of the site that few visits need: each is fetched when it is asked for, and turns
// bytes into bytes. The worker that this starts can be ended at any time.
const at = (file) => new URL(file, import.meta.url)

const programs = {
  compare: { script: 'compare.js', wasm: 'compare_bg.wasm' },
  draw: { script: 'compare.js', wasm: 'compare_bg.wasm', run: 'draw' },
  export: { script: 'export.js', wasm: 'export_bg.wasm' },
  make_link: { script: 'make_link.js', wasm: 'make_link_bg.wasm', data: 'tables-1.bin' },
  plan: { script: 'compare.js', wasm: 'compare_bg.wasm', run: 'plan' },
  read_lines: { script: 'read_lines.js', wasm: 'read_lines_bg.wasm' },
  search_lines: { script: 'search_lines.js', wasm: 'search_lines_bg.wasm' },
  open_link: { script: 'open_link.js', wasm: 'open_link_bg.wasm', data: 'tables-1.bin' },
  read_report: { script: 'read_report.js', wasm: 'read_report_bg.wasm' },
}

// A file that several programs need is fetched once.
const files = new Map()

const file = (name) => {
  if (!files.has(name)) files.set(name, bytesOf(at(name)))
  return files.get(name)
}

const bytesOf = async (url) => {
  const response = await fetch(url)
  if (!response.ok) throw new Error(response.statusText)
  return new Uint8Array(await response.arrayBuffer())
}

const started = new Map()

const start = async ({ script, wasm, data }) => {
  // Both are on their way at once.
  const [program, given] = await Promise.all([import(at(script)), data && file(data)])
  await program.default({ module_or_path: at(wasm) })
  return { program, given }
}

const program = (name) => {
  if (!started.has(name)) started.set(name, start(programs[name]))
  return started.get(name)
}

// Gives a program a log piece by piece, and says every few megabytes how far it is.
const scanned = async (loaded, request, log, port) => {
  const scan = new loaded.Scan(request)
  const reader = log.stream().getReader()
  for (let read = 0, told = 0; ; ) {
    const { done, value } = await reader.read()
    if (done) return scan.finish()
    scan.feed(value)
    read += value.length
    if (read < told + 4e6) continue
    told = read
    port.postMessage(read)
  }
}

// Answers bytes, or the sentence on why the program stopped, or nothing if it could not be loaded.
const answer = async ({ name, request, log, port }) => {
  const loaded = await program(name).catch(() => null)
  try {
    const run = programs[name].run ?? 'run'
    if (!loaded) return null
    if (log) return await scanned(loaded.program, request, log, port)
    return loaded.program[run](request, loaded.given)
  } catch (error) {
    return String(error)
  }
}

self.onmessage = async ({ data }) => {
  const bytes = await answer(data)
  // Where there was none, or a program stopped, the next request starts a new one.
  if (!(bytes instanceof Uint8Array)) started.delete(data.name)
  data.port.postMessage(bytes)
}
