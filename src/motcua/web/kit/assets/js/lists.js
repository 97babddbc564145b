// A box to look for a choice in, above a long select: accents and capitals do not matter. Without scripts the select alone does.

function folded (text) {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/[-\s]+/g, ' ').trim()
}

function watch (select) {
  const every = [...select.options]
  const box = Object.assign(document.createElement('input'), {
    type: 'search', className: 'govuk-input mc-list-search', autocomplete: 'off', placeholder: select.dataset.searchList
  })
  box.setAttribute('aria-label', `${select.labels[0] ? select.labels[0].textContent.trim() + ': ' : ''}${select.dataset.searchList}`)
  box.setAttribute('aria-controls', select.id)
  box.addEventListener('input', event => {
    event.stopPropagation() // what is looked for is no answer
    const wanted = folded(box.value)
    const found = every.filter(option => option.value && folded(option.label).includes(wanted))
    const exact = found.filter(option => folded(option.label) === wanted)
    const only = found.length === 1 ? found[0] : exact.length === 1 ? exact[0] : null
    const before = select.value
    select.replaceChildren(...every.filter(option => !wanted || found.includes(option) || option.value === before))
    select.value = only ? only.value : before
    if (select.value !== before) select.dispatchEvent(new Event('change', { bubbles: true }))
  })
  box.addEventListener('change', event => event.stopPropagation())
  select.before(box)
}

export function startLists () {
  for (const select of document.querySelectorAll('select[data-search-list]')) watch(select)
}
