// Keys for people who work here all day: / search, j k rows, Enter open, ? what the keys are. Never while typing.
function isTyping (target) {
  return target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]') !== null
}

function rowsOf () {
  return [...document.querySelectorAll('[data-rows] [data-row]')]
}

function move (step) {
  const rows = rowsOf()
  if (!rows.length) return
  const at = rows.findIndex(row => row.classList.contains('is-current'))
  const next = Math.min(Math.max(at + step, 0), rows.length - 1)
  rows.forEach(row => row.classList.remove('is-current'))
  const row = rows[next]
  row.classList.add('is-current')
  row.scrollIntoView({ block: 'nearest' })
  const link = row.querySelector('a')
  if (link) link.focus({ preventScroll: true })
}

export function startKeys () {
  const dialog = document.querySelector('dialog[data-keys]')
  for (const opener of document.querySelectorAll('[data-keys-open]')) {
    opener.addEventListener('click', () => dialog && dialog.showModal())
  }
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    if (dialog && dialog.open) return
    if (event.key === '/') {
      const search = document.querySelector('[data-search]')
      if (search) { event.preventDefault(); search.focus(); search.select() }
    } else if (event.key === '?') {
      if (dialog) { event.preventDefault(); dialog.showModal() }
    } else if (event.key === 'j' || event.key === 'k') {
      event.preventDefault()
      move(event.key === 'j' ? 1 : -1)
    } else {
      const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)
      if (target) { event.preventDefault(); target.focus(); target.click() }
    }
  })
}
