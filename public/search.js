// Searches the articles and their terms, section by section, in an index that the build made.

const box = document.querySelector('[role=search]')
const field = box.querySelector('input')
const count = box.querySelector('[role=status]')
const found = document.getElementById('found')
const list = box.nextElementSibling

/** More would be a list to search in again. */
const MAX_SHOWN = 30

const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []

/** The index as it is used: words sorted, each with its sections. */
const load = async () => {
  const response = await fetch(new URL(box.dataset.index, import.meta.url))
  if (!response.ok) throw new Error(response.statusText)
  const index = await response.json()
  const lines = index.words.trimEnd().split('\n')
  index.words = lines.map((line) => {
    const [word, ...distances] = line.split(' ')
    let section = 0
    return [word, distances.map((distance) => (section += Number(distance)))]
  })
  index.common = new Set(index.common.split(' '))
  return index
}

let loading

const index = () => {
  loading ??= load().catch((error) => {
    loading = undefined
    throw error
  })
  return loading
}

/** How well each section fits that has a word with this beginning. */
const fits = ({ words }, start) => {
  const weights = new Map()
  for (const [word, sections] of words) {
    if (!word.startsWith(start)) continue
    const weight = word === start ? 2 : 1
    for (const section of sections) {
      weights.set(section, Math.max(weight, weights.get(section) ?? 0))
    }
  }
  return weights
}

/** Words in a heading weigh more than those in its text. */
const inHeading = (text, starts) => {
  const words = wordsOf(text)
  return starts.filter((start) => words.some((word) => word.startsWith(start))).length
}

/** Sections that have all the words, the best first. */
const sectionsFor = (index, starts) => {
  const each = starts.map((start) => fits(index, start))
  const results = []
  for (const section of each[0]?.keys() ?? []) {
    if (!each.every((weights) => weights.has(section))) continue
    const [article, id, heading] = index.sections[section]
    const sum = each.reduce((sum, weights) => sum + weights.get(section), 0)
    const title = index.articles[article][1]
    const weight = sum + 4 * inHeading(heading, starts) + 2 * inHeading(title, starts)
    results.push({ article, id, heading, weight })
  }
  return results.sort((a, b) => b.weight - a.weight)
}

const termsFor = ({ terms }, starts) =>
  terms.filter(([, name]) => starts.length > 0 && inHeading(name, starts) === starts.length)

const element = (name, text, children = []) => {
  const made = document.createElement(name)
  made.textContent = text
  made.append(...children)
  return made
}

const entry = (href, title, text) => {
  const link = element('a', title)
  link.href = href
  return element('li', '', [element('h2', '', [link]), element('p', text)])
}

const termEntry = (index, [article, name, definition]) =>
  entry(`${index.articles[article][0]}#terms`, name, definition)

const sectionEntry = (index, { article, id, heading }) => {
  const [path, title, description] = index.articles[article]
  return id ? entry(`${path}#${id}`, heading, title) : entry(path, title, description)
}

const words = (n, one, many) => (n === 1 ? one : many.replace('#', n))

const say = (n) => {
  if (n === 0) return 'Nothing found.'
  const shown = n > MAX_SHOWN ? ` The first ${MAX_SHOWN} are shown.` : ''
  return words(n, 'One place found.', '# places found.') + shown
}

const show = async () => {
  const text = field.value.trim()
  const address = new URL(location)
  if (text) address.searchParams.set('q', text)
  else address.searchParams.delete('q')
  history.replaceState(null, '', address)
  list.hidden = text !== ''
  if (!text) {
    found.replaceChildren()
    count.textContent = ''
    return
  }
  try {
    const all = await index()
    // What was typed since then is searched by itself.
    if (text !== field.value.trim()) return
    const starts = wordsOf(text).filter((word) => !all.common.has(word))
    const entries = [
      ...termsFor(all, starts).map((term) => termEntry(all, term)),
      ...sectionsFor(all, starts).map((section) => sectionEntry(all, section)),
    ]
    found.replaceChildren(...entries.slice(0, MAX_SHOWN))
    count.textContent = say(entries.length)
  } catch {
    list.hidden = false
    count.textContent = 'The index could not be loaded. All articles are listed below.'
  }
}

/** The arrows lead from the field through what was found and back. */
const move = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  const places = [field, ...found.querySelectorAll('a')]
  const next = places[places.indexOf(document.activeElement) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}

box.hidden = false
box.addEventListener('keydown', move)
field.addEventListener('input', show)
field.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape' || !field.value) return
  field.value = ''
  show()
})
document.addEventListener('keydown', (event) => {
  const isTyping = event.target.closest?.('input, select, textarea')
  if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  field.focus()
})

const asked = new URLSearchParams(location.search).get('q')
if (asked) {
  field.value = asked
  show()
}
