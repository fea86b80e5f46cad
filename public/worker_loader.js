// Starts the worker program. A query given to this file goes on to the others, so that all can be
// fetched past a cache that holds another build.
const fresh = (file) => new URL(file + self.location.search, import.meta.url)

// What unpacks a log, for each kind: fetched when such a log comes, and no sooner.
const unpackers = {
  bzip2: ['unpack_bzip2.js', 'unpack_bzip2_bg.wasm'],
  inflate: ['unpack_inflate.js', 'unpack_inflate_bg.wasm'],
  xz: ['unpack_xz.js', 'unpack_xz_bg.wasm'],
  zstd: ['unpack_zstd.js', 'unpack_zstd_bg.wasm'],
}

self.loadUnpacker = async (program, format, maxBytes) => {
  const [script, wasm] = unpackers[program]
  const { default: init, Unpacker } = await import(fresh(script))
  await init({ module_or_path: fresh(wasm) })
  return Unpacker.of(format, maxBytes)
}

// What the browser unpacks by itself; the stream says how much of the file was read.
self.gunzip = (blob) => {
  let bytesRead = 0
  const count = new TransformStream({
    transform: (chunk, controller) => {
      bytesRead += chunk.length
      controller.enqueue(chunk)
    },
  })
  const stream = blob.stream().pipeThrough(count).pipeThrough(new DecompressionStream('gzip'))
  return Object.defineProperty(stream, 'bytesRead', { get: () => bytesRead })
}

const { default: init } = await import(fresh('worker.js'))
await init({ module_or_path: fresh('worker_bg.wasm') })
