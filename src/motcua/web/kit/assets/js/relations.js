// Says at once, beside the field, what cannot be true between two answers. The server judges again when the form comes in
// (catalogue/rules/forms/relations.py); both are tried on one table of cases, tests/js/relations.json.
import { holds, numberOf } from './conditions.js'

const YEAR = 10000
const SAME = 1e-6

// `posted` maps the name of a field to its answers, as they would be posted. Gives the name of the field that is told, or null.
export function broken (relation, posted, today) {
  const answersOf = name => ['', '.d', '.m', '.y', '.u'].flatMap(part => posted[name + part] || [])
  if (relation.condition && !holds(relation.condition, answersOf)) return null
  const span = path => spanOf(posted, path)
  if ('distinct' in relation) return repeated(relation.distinct, posted)
  let isBroken = false
  if ('older' in relation) {
    const older = span(relation.older)
    const younger = span(relation.younger)
    isBroken = older && younger && older[0] + relation.years * YEAR > younger[1]
  } else if ('order' in relation) {
    const spans = relation.order.map(span).filter(Boolean)
    isBroken = spans.some((one, at) => at + 1 < spans.length && one[0] > spans[at + 1][1])
  } else if ('age' in relation) {
    const born = span(relation.age)
    const isYoung = born && 'min' in relation && born[0] + relation.min * YEAR > today
    isBroken = isYoung || (born && 'max' in relation && born[1] + (relation.max + 1) * YEAR <= today)
  } else if ('total' in relation) {
    isBroken = isWrongTotal(relation, posted)
  }
  return isBroken ? toldAt(relation) : null
}

function toldAt (relation) {
  if (relation.at) return relation.at
  const named = ['older', 'younger', 'order', 'age', 'total'].flatMap(word => relation[word] || [])
  return named[named.length - 1]
}

// Every answer that a path with `*` names, with the name of its field.
function answersAt (posted, path) {
  const parts = path.split('.').map(part => part === '*' ? '(\\d+)' : part.replace(/[^\w-]/g, '\\$&'))
  const named = new RegExp(`^${parts.join('\\.')}$`)
  const rows = name => [...name.matchAll(/\.(\d+)/g)].map(match => Number(match[1]))
  return Object.keys(posted).filter(name => named.test(name))
    .sort((one, two) => rows(one).reduce((order, row, at) => order || row - rows(two)[at], 0))
    .flatMap(name => posted[name].map(answer => [name, answer.trim()]))
    .filter(([, answer]) => answer !== '')
}

// The first and the last day that an answer may mean, as yyyymmdd.
function spanOf (posted, path) {
  const box = part => Number(((posted[`${path}.${part}`] || [])[0] || '').trim() || 0)
  const [year, month, day] = [box('y'), box('m'), box('d')]
  if (!(year >= 1000) || month > 12 || day > 31 || (day && !month) || Number.isNaN(month + day)) return null
  const number = (m, d) => year * YEAR + m * 100 + d
  return [number(month || 1, day || 1), number(month || 12, day || 31)]
}

function repeated (paths, posted) {
  const seen = new Set()
  for (const path of paths) {
    for (const [name, answer] of answersAt(posted, path)) {
      const written = answer.replace(/\s/g, '').toLowerCase()
      if (seen.has(written)) return name
      seen.add(written)
    }
  }
  return null
}

function isWrongTotal (relation, posted) {
  const numbers = path => answersAt(posted, path).map(([, answer]) => numberOf(answer)).filter(number => number !== null)
  const found = relation.total.flatMap(numbers)
  const word = 'most' in relation ? 'most' : 'equals'
  const bound = typeof relation[word] === 'string' ? numbers(relation[word])[0] : relation[word]
  if (!found.length || bound === undefined) return false
  const surplus = found.reduce((sum, number) => sum + number, 0) - bound
  return surplus > SAME || (word === 'equals' && surplus < -SAME)
}

// What stands in the form and is asked: what a condition hides is not sent.
function postedIn (form) {
  const posted = {}
  for (const field of form.elements) {
    const isOff = (field.type === 'radio' || field.type === 'checkbox') && !field.checked
    if (!field.name || isOff || field.closest('[data-visible-if][hidden]')) continue
    posted[field.name] = [...(posted[field.name] || []), field.value]
  }
  return posted
}

function tell (form, path, key, sentence) {
  const id = `told-${key}`
  const old = document.getElementById(id)
  if (old && old.dataset.at === path) return
  if (old) {
    for (const field of form.querySelectorAll(`[aria-describedby~="${id}"]`)) {
      field.setAttribute('aria-describedby', field.getAttribute('aria-describedby').replace(id, '').trim())
    }
    old.remove()
  }
  const field = path && [...form.elements].find(one => one.name === path || one.name === `${path}.d`)
  if (!field) return
  const said = Object.assign(document.createElement('p'), { id, className: 'govuk-error-message', textContent: sentence })
  said.dataset.at = path
  said.setAttribute('role', 'status')
  const boxes = field.closest('.govuk-date-input') || field
  boxes.before(said)
  field.setAttribute('aria-describedby', `${field.getAttribute('aria-describedby') || ''} ${id}`.trim())
}

export function startRelations () {
  for (const holder of document.querySelectorAll('[data-relations]')) {
    const form = holder.closest('form')
    const relations = JSON.parse(holder.dataset.relations)
    const today = Number(holder.dataset.today)
    form.addEventListener('change', () => {
      const posted = postedIn(form)
      relations.forEach((relation, key) => tell(form, broken(relation, posted, today), key, relation.said))
    })
  }
}
