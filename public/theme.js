// Runs before the first paint, on every page: colours and reading level as they were chosen,
// and the controls that choose them. A page without storage forgets them, and works.
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
    root.dataset.level = level === 'pro' ? 'pro' : 'new'
  }

  setTheme(recall('theme'))
  setLevel(recall('level'))

  document.addEventListener('DOMContentLoaded', () => {
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
    keep('level', root.dataset.level)
  })
}
