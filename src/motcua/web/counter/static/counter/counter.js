// Keys that work while typing, and the cursor where the next thing is to be done. Without this file every act is a button.
function within (key) {
  const place = document.querySelector(`[data-focus="${key}"]`)
  if (!place) return null
  return place.matches('input, button, select, textarea') ? place : place.querySelector('input:not([type=hidden]), select, textarea')
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^F\d+$/.test(event.key)) return
  const field = within(event.key)
  if (field) {
    event.preventDefault()
    field.focus()
    if (field.select) field.select()
    return
  }
  const act = document.querySelector(`[data-key="${event.key}"]`)
  if (act && event.target.closest('input, textarea, select')) {
    event.preventDefault()
    act.click()
  }
})

if (!document.querySelector('.govuk-error-summary')) {
  const first = document.querySelector('.ct-hits button') || document.querySelector('[data-first] input:not([type=hidden])') ||
    document.querySelector('[data-first-paper] input') || document.querySelector('[data-search]')
  if (first) first.focus()
}

const frame = document.querySelector('[data-frame]')
for (const button of document.querySelectorAll('[data-print-frame]')) {
  button.addEventListener('click', () => {
    try { frame.contentWindow.focus(); frame.contentWindow.print() } catch { window.location.assign(frame.src) }
  })
}
