// Makes the site work without a network, says when there is a new version of it, and takes logs
// that the system hands over. It comes after the program, which works without all of this.

const asReal = { bubbles: true, cancelable: true }

const give = (event) => document.body.dispatchEvent(event)

/** Hands files or text to the program as if the person had dropped or pasted them. */
const handOver = ({ files, text }) => {
  const data = new DataTransfer()
  for (const file of files) data.items.add(file)
  if (files.length > 0) {
    give(new DragEvent('drop', { dataTransfer: data, ...asReal }))
  } else {
    data.setData('text/plain', text)
    give(new ClipboardEvent('paste', { clipboardData: data, ...asReal }))
  }
}

/** Files that were opened with the installed site. */
const takeLaunched = () => {
  window.launchQueue?.setConsumer(async ({ files }) => {
    if (files.length > 0) handOver({ files: await Promise.all(files.map((file) => file.getFile())) })
  })
}

/** What was shared with the installed site; the service worker has it. */
const takeShared = async () => {
  const { active } = await navigator.serviceWorker.ready
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }) => {
    if (data) handOver(data)
    else document.getElementById('not-shared').hidden = false
  }
  active.postMessage('shared', [port2])
}

/** Says that a new version waits, and uses it when the person asks for it. */
const announce = (worker) => {
  document.getElementById('update').hidden = false
  document.getElementById('use-update').onclick = () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload())
    worker.postMessage('use')
  }
}

const watch = (registration) => {
  // The first version has nothing to wait for.
  const isNew = () => registration.waiting && registration.active
  if (isNew()) announce(registration.waiting)
  registration.addEventListener('updatefound', () => {
    registration.installing.addEventListener('statechange', () => {
      if (isNew()) announce(registration.waiting)
    })
  })
}

/** Browsers have no service workers without HTTPS, or where they were switched off. */
export const start = async (hasShared) => {
  takeLaunched()
  const workers = navigator.serviceWorker
  if (!workers) return
  // It loads the whole site, which nobody pays for who saves data.
  if (navigator.connection?.saveData && !workers.controller) return
  const script = new URL('service_worker.js', import.meta.url)
  try {
    watch(await workers.register(script, { updateViaCache: 'none' }))
    if (hasShared) await takeShared()
  } catch (error) {
    console.info('This site will not work without a network.', error)
  }
}
