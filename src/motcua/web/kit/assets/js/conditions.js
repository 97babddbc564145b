// Shows and hides the questions of an e-form while it is filled in. The server applies the same conditions again, so
// a page without scripts only shows more questions, never accepts other answers. Both are tried on one table of cases.

// A number as people here write it (the grammar of kernel/values/numbers.py), or null.
export function numberOf (text) {
  const plain = text.replace(/[\s\u00a0\u202f']/g, '').replace(/[\u2212\u2013]/g, '-')
  const match = /^(-?)([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/.exec(plain) || /^(-?)(\d+)(?:[.,](\d+))?$/.exec(plain)
  return match ? Number(`${match[1]}${match[2].replaceAll('.', '')}.${match[3] || 0}`) : null
}

function isSame (answer, wanted) {
  const text = String(wanted)
  if (answer === text) return true
  const number = numberOf(answer)
  return number !== null && number === numberOf(text)
}

// `answersOf` gives the answers to the question of a name, as they would be posted.
export function holds (condition, answersOf) {
  if (condition.all) return condition.all.every(part => holds(part, answersOf))
  if (condition.any) return condition.any.some(part => holds(part, answersOf))
  if (condition.not) return !holds(condition.not, answersOf)
  const answers = answersOf(condition.field).filter(answer => answer.trim() !== '')
  if ('equals' in condition) return answers.some(answer => isSame(answer, condition.equals))
  if ('in' in condition) return condition.in.some(value => answers.some(answer => isSame(answer, value)))
  return (answers.length > 0) === (condition.filled !== false)
}

function answersIn (form) {
  return path => {
    const names = [path, `${path}.d`, `${path}.m`, `${path}.y`, `${path}.u`] // a date has boxes of its own
    return [...form.elements]
      .filter(field => names.includes(field.name))
      .filter(field => (field.type !== 'radio' && field.type !== 'checkbox') || field.checked)
      .map(field => field.value)
  }
}

export function startConditions () {
  for (const form of document.querySelectorAll('form[data-conditions]')) {
    const parts = [...form.querySelectorAll('[data-visible-if]')]
      .map(part => ({ part, condition: JSON.parse(part.dataset.visibleIf) }))
    const refresh = () => {
      for (const { part, condition } of parts) part.hidden = !holds(condition, answersIn(form))
    }
    form.addEventListener('change', refresh)
    form.addEventListener('input', refresh)
    refresh()
  }
}
