// Shows what a term means while it is pointed at or has the focus, or after it was touched. Without
// this program, and on a second touch, a term is a link to the glossary.
{
  const SOON = 150

  /** Definitions by the id of their term, once they are asked for. */
  let definitions
  let tip
  let meaning
  let more
  let shownFor
  let leaving
  // What pressed last; not every browser says it with a click.
  let pressedBy
  // The term that a finger pressed and whose definition is shown.
  let touched

  const load = () => {
    definitions ??= fetch(new URL('learn/glossary/terms.json', document.baseURI))
      .then((answer) => (answer.ok ? answer.json() : {}))
      .catch(() => ({}))
    return definitions
  }

  const termOf = (event) => event.target.closest?.('a[data-term]') ?? undefined

  const isInTip = (event) => Boolean(tip?.contains(event.target))

  const hide = () => {
    clearTimeout(leaving)
    touched = undefined
    shownFor?.removeAttribute('aria-describedby')
    shownFor = undefined
    if (tip) tip.hidden = true
  }

  const hideSoon = () => {
    clearTimeout(leaving)
    leaving = setTimeout(hide, SOON)
  }

  const makeTip = () => {
    tip = document.createElement('div')
    tip.className = 'term-tip'
    meaning = document.createElement('p')
    meaning.id = 'term-tip'
    meaning.setAttribute('role', 'tooltip')
    // By keyboard, the term itself leads there.
    more = document.createElement('a')
    more.textContent = 'In the glossary'
    more.tabIndex = -1
    tip.append(meaning, more)
    tip.addEventListener('pointerenter', () => clearTimeout(leaving))
    tip.addEventListener('pointerleave', (event) => {
      if (event.pointerType !== 'touch') hideSoon()
    })
    document.body.append(tip)
  }

  /** Below the term, or above it where there is no room, and within the window. */
  const place = () => {
    const box = shownFor.getClientRects()[0] ?? shownFor.getBoundingClientRect()
    const left = Math.min(box.left, innerWidth - tip.offsetWidth - 8)
    const isRoom = box.bottom + tip.offsetHeight + 8 < innerHeight
    const top = isRoom ? box.bottom + 4 : box.top - tip.offsetHeight - 4
    tip.style.left = `${Math.max(8, left) + scrollX}px`
    tip.style.top = `${top + scrollY}px`
  }

  const show = async (link) => {
    clearTimeout(leaving)
    if (shownFor === link) return
    hide()
    shownFor = link
    const definition = (await load())[link.dataset.term]
    if (shownFor !== link || !definition) return
    if (!tip) makeTip()
    meaning.textContent = definition
    more.href = link.href
    more.target = link.target
    tip.hidden = false
    link.setAttribute('aria-describedby', meaning.id)
    place()
  }

  document.addEventListener('pointerover', (event) => {
    const link = termOf(event)
    if (link && event.pointerType !== 'touch') show(link)
  })
  document.addEventListener('pointerout', (event) => {
    if (termOf(event) && event.pointerType !== 'touch') hideSoon()
  })
  document.addEventListener('focusin', (event) => {
    const link = termOf(event)
    if (link) show(link)
    else if (!isInTip(event)) hide()
  })
  // Before anything else closes by the same key, such as the article that the term stands in.
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !tip || tip.hidden) return
      event.stopPropagation()
      hide()
    },
    true,
  )
  document.addEventListener('pointerdown', (event) => {
    pressedBy = event.pointerType
    if (!termOf(event) && !isInTip(event)) hide()
  })
  document.addEventListener('click', (event) => {
    const link = termOf(event)
    if (!link) return
    // Beside a report, the glossary must not take the place of the report.
    if (link.closest('.article-pane')) link.target = '_blank'
    // A finger cannot point without pressing: the first press shows, the second one follows.
    if (pressedBy !== 'touch' || link === touched) return
    event.preventDefault()
    show(link)
    touched = link
  })
  // What scrolls by itself, such as an article beside a report, takes the definition along.
  document.addEventListener(
    'scroll',
    () => {
      if (tip && !tip.hidden) place()
    },
    { capture: true, passive: true },
  )
}
