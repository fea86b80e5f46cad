// Keeps the files of one version of the site on the device, so that it works without a network.
// It keeps nothing else: no answer of the server beyond the list, and nothing of the person.

// The last step of the build fills these in: each address below the root of the site with the
// hash of its content, and a name for all of them together.
const FILES = {}
const VERSION = ''

const scope = self.registration.scope
const prefix = `rebuildscope ${scope} `
const current = prefix + VERSION

// What was shared with the installed site waits here until the page asks for it.
let shared

// What a file was asked for with makes no difference to what is in it.
const anyHow = { ignoreVary: true }

/** Caches of other versions of this site at this address, the oldest first. */
const others = async () => {
  const names = await caches.keys()
  return names.filter((name) => name.startsWith(prefix) && name !== current)
}

/** A file whose name holds the hash of its content is the same in every version. */
const isNamedByContent = (path) => /[-_.][0-9a-f]{16}[-_.]/.test(path)

/** A file of the list; the hash refuses one of another version, should the host mix two. */
const fetchFile = async ([path, integrity]) => {
  const url = new URL(path, scope)
  const kept = isNamedByContent(path) && (await caches.match(url, anyHow))
  const response = kept || (await fetch(url, { integrity, cache: 'no-cache' }))
  if (!response.ok || response.redirected) throw new Error(`${url} cannot be kept`)
  return [url, response]
}

/** Keeps all files or none. */
const install = async () => {
  const files = await Promise.all(Object.entries(FILES).map(fetchFile))
  const cache = await caches.open(current)
  await Promise.all(files.map(([url, response]) => cache.put(url, response)))
}

/** The version before stays, for pages of it that are still open; switched off, none stays. */
const activate = async () => {
  const old = await others()
  const leaves = VERSION === 'off' ? [...old, current] : old.slice(0, -1)
  await Promise.all(leaves.map((name) => caches.delete(name)))
  await self.clients.claim()
}

const fromCache = async (request, url) => {
  const cache = await caches.open(current)
  return (await cache.match(url, anyHow)) ?? fetch(request)
}

const fromAnyCache = async (request) => {
  for (const name of [current, ...(await others())]) {
    const cache = await caches.open(name)
    const kept = await cache.match(request, anyHow)
    if (kept) return kept
  }
  return fetch(request)
}

/** Takes what the system shares, and leads to the page, which asks for it. */
const receive = async (request) => {
  const form = await request.formData()
  const text = ['title', 'text', 'url'].map((name) => form.get(name)).filter(Boolean)
  shared = { files: form.getAll('file').filter((file) => file.size > 0), text: text.join('\n') }
  return Response.redirect(new URL('./?shared', scope), 303)
}

self.addEventListener('install', (event) => {
  // A version that switches itself off waits for nobody.
  event.waitUntil(VERSION === 'off' ? self.skipWaiting() : install())
})

self.addEventListener('activate', (event) => event.waitUntil(activate()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (!request.url.startsWith(scope)) return
  const url = new URL(request.url)
  const path = url.pathname.slice(new URL(scope).pathname.length)
  if (request.method === 'POST' && path === 'share/') return event.respondWith(receive(request))
  if (request.method !== 'GET') return
  const isNavigation = request.mode === 'navigate'
  // Elsewhere a query asks for what the server has now.
  if (url.search && !isNavigation) return
  const address = path.replace(/(^|\/)index\.html$/, '$1')
  if (Object.hasOwn(FILES, address)) {
    event.respondWith(fromCache(request, new URL(address, scope)))
  } else if (isNamedByContent(path)) {
    event.respondWith(fromAnyCache(request))
  }
})

self.addEventListener('message', ({ data, ports }) => {
  if (data === 'use') self.skipWaiting()
  if (data === 'shared') {
    ports[0].postMessage(shared)
    shared = undefined
  }
})
