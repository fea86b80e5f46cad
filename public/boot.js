// Starts the page program. It is a file of its own, so that no page needs inline script.

// A function that returns a vector of 128 bits: valid only where WebAssembly has SIMD.
const simd = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // Header.
  0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, // Type: () -> v128.
  0x03, 0x02, 0x01, 0x00, // One function of this type.
  0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b, // i32.const 0, i8x16.splat.
])

// The installed site was opened to be handed something; the word for it is not for the program.
const address = new URL(location)
const hasShared = address.searchParams.has('shared')
if (hasShared) {
  address.searchParams.delete('shared')
  history.replaceState(null, '', address)
}

const script = document.querySelector('script[data-wasm]')

const start = async () => {
  const { default: init } = await import(script.dataset.js)
  await init({ module_or_path: script.dataset.wasm })
}

// What comes after the program, which works without it.
const startOffline = async () => {
  const offline = await import('./offline.js')
  await offline.start(hasShared)
}

const show = (id) => {
  document.getElementById(id).hidden = false
}

if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(simd)) {
  show('too-old')
} else {
  start()
    .then(() => startOffline().catch(console.info))
    .catch((error) => {
      console.error(error)
      show('stopped')
    })
}
