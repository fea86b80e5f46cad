// The page for addresses that do not exist stands at any depth: it looks for the root of the
// site from the top of the host downwards, and leads there.
const base = document.querySelector('base')

const folders = location.pathname.split('/').slice(0, -1)

const isRoot = async (folder) => {
  const response = await fetch(folder + 'rebuildscope.webmanifest', { method: 'HEAD' })
  return response.ok
}

const lead = (folder) => {
  base.href = folder
  for (const style of document.querySelectorAll('link[rel=stylesheet]')) {
    style.replaceWith(style.cloneNode())
  }
}

for (let depth = 1; depth <= folders.length; depth += 1) {
  const folder = folders.slice(0, depth).join('/') + '/'
  if (await isRoot(folder)) {
    if (depth > 1) lead(folder)
    break
  }
}
