// Runs before the first paint, on every page: colours and reading level as they were chosen,
// and the controls that choose them; where there is room, the contents of an article are unfolded. A page without storage forgets them, and works.
{
  const root = document.documentElement

  const recall = (key) => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }

  const keep = (key, value) => {
    try {
      localStorage.setItem(key, value)
    } catch {
      // Storage is switched off.
    }
  }

  const setTheme = (theme) => {
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    else delete root.dataset.theme
  }

  const setLevel = (level) => {
    root.dataset.level = level === 'knows' ? 'knows' : 'new'
  }

  const markLevel = () => {
    for (const button of document.querySelectorAll('[data-set-level]')) {
      button.setAttribute('aria-pressed', String(button.dataset.setLevel === root.dataset.level))
    }
  }

  setTheme(recall('theme'))
  setLevel(recall('level'))

  document.addEventListener('DOMContentLoaded', () => {
    markLevel()
    const contents = document.getElementById('contents')
    if (contents) contents.open = matchMedia('(width >= 60rem)').matches
    const select = document.getElementById('theme')
    select.value = root.dataset.theme ?? 'system'
    select.addEventListener('change', () => {
      setTheme(select.value)
      keep('theme', select.value)
    })
  })

  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-set-level]')
    if (!button) return
    setLevel(button.dataset.setLevel)
    markLevel()
    keep('level', root.dataset.level)
  })
}
