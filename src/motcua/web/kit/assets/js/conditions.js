// Shows and hides the questions of an e-form while it is filled in. The server applies the same conditions again, so
// a page without scripts only shows more questions, never accepts other answers.
function answersOf (form, path) {
  const fields = [...form.elements].filter(field => field.name === path)
  return fields
    .filter(field => (field.type !== 'radio' && field.type !== 'checkbox') || field.checked)
    .map(field => field.value)
}

function holds (condition, form) {
  if (condition.all) return condition.all.every(part => holds(part, form))
  if (condition.any) return condition.any.some(part => holds(part, form))
  if (condition.not) return !holds(condition.not, form)
  const answers = answersOf(form, condition.field).filter(answer => answer !== '')
  if ('equals' in condition) return answers.includes(String(condition.equals))
  if ('in' in condition) return condition.in.some(value => answers.includes(String(value)))
  return (answers.length > 0) === (condition.filled !== false)
}

export function startConditions () {
  for (const form of document.querySelectorAll('form[data-conditions]')) {
    const parts = [...form.querySelectorAll('[data-visible-if]')]
      .map(part => ({ part, condition: JSON.parse(part.dataset.visibleIf) }))
    const refresh = () => {
      for (const { part, condition } of parts) part.hidden = !holds(condition, form)
    }
    form.addEventListener('change', refresh)
    form.addEventListener('input', refresh)
    refresh()
  }
}
