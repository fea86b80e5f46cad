// Prints for each file its size in bytes, raw and after brotli at its best, on one line.
import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'

for (const file of process.argv.slice(1)) {
  const raw = readFileSync(file)
  const packed = brotliCompressSync(raw, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
    },
  })
  console.log(`${raw.length} ${packed.length}`)
}
