// Shows what a term means while it is pointed at or has the focus. Without this program, and on a
// second press, a term is a link to the glossary.
{
  const SOON = 150

  /** Definitions by the id of their term, once they are asked for. */
  let definitions
  let tip
  let shownFor
  let leaving

  const load = () => {
    definitions ??= fetch(new URL('learn/glossary/terms.json', document.baseURI))
      .then((answer) => (answer.ok ? answer.json() : {}))
      .catch(() => ({}))
    return definitions
  }

  const termOf = (event) => event.target.closest?.('a[data-term]') ?? undefined

  const hide = () => {
    clearTimeout(leaving)
    shownFor?.removeAttribute('aria-describedby')
    shownFor = undefined
    if (tip) tip.hidden = true
  }

  const hideSoon = () => {
    clearTimeout(leaving)
    leaving = setTimeout(hide, SOON)
  }

  const makeTip = () => {
    const made = document.createElement('div')
    made.id = 'term-tip'
    made.className = 'term-tip'
    made.setAttribute('role', 'tooltip')
    made.addEventListener('pointerenter', () => clearTimeout(leaving))
    made.addEventListener('pointerleave', hideSoon)
    document.body.append(made)
    return made
  }

  /** Below the term, or above it where there is no room, and within the window. */
  const place = (link) => {
    const box = link.getClientRects()[0] ?? link.getBoundingClientRect()
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
    tip ??= makeTip()
    tip.textContent = definition
    tip.hidden = false
    link.setAttribute('aria-describedby', tip.id)
    place(link)
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
    else hide()
  })
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide()
  })
  document.addEventListener('click', (event) => {
    const link = termOf(event)
    if (!link) return hide()
    // Beside a report, the glossary must not take the place of the report.
    if (link.closest('.article-pane')) link.target = '_blank'
    // A finger cannot point without pressing: the first press shows, the second one follows.
    const isFirst = event.pointerType === 'touch' && link.dataset.shown !== 'yes'
    for (const other of document.querySelectorAll('[data-shown]')) delete other.dataset.shown
    if (!isFirst) return
    event.preventDefault()
    link.dataset.shown = 'yes'
    show(link)
  })
}
