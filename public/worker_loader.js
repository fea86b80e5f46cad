// Starts the worker program. A query given to this file goes on to the other two, so that all
// three can be fetched past a cache that holds another build.
const fresh = (file) => new URL(file + self.location.search, import.meta.url)

const { default: init } = await import(fresh('worker.js'))
await init({ module_or_path: fresh('worker_bg.wasm') })
