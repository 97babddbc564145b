// "I am the mother" fills the mother: what is known goes into questions still open once their condition holds, and out again,
// as long as nobody changed it, when it no longer does. The server does the same when the form comes in (forms.with_offers).
import { holds } from './conditions.js'

function fieldsOf (form, names) {
  return Object.fromEntries(names.map(name => [name, [...form.elements].filter(field => field.name === name)]))
}

function put (form, posts, isIn) {
  for (const [name, fields] of Object.entries(fieldsOf(form, Object.keys(posts)))) {
    for (const field of fields) {
      if (field.type === 'radio') field.checked = isIn && field.value === posts[name]
      else field.value = isIn ? posts[name] : ''
    }
  }
}

function standing (form, posts) {
  return Object.fromEntries(Object.entries(fieldsOf(form, Object.keys(posts)))
    .filter(([, fields]) => fields.length)
    .map(([name, fields]) => [name, fields[0].type === 'radio' ? (fields.find(one => one.checked) || { value: '' }).value : fields[0].value]))
}

// What stands filled in travels with the form, so that what is taken out stays out.
function note (form, name, value) {
  let field = form.elements._filled
  if (!field) {
    field = Object.assign(document.createElement('input'), { type: 'hidden', name: '_filled', value: '{}' })
    form.append(field)
  }
  field.value = JSON.stringify({ ...JSON.parse(field.value), [name]: value })
}

export function startOffers () {
  for (const holder of document.querySelectorAll('[data-offers]')) {
    const form = holder.closest('form')
    const offers = JSON.parse(holder.dataset.offers)
    const answersOf = name => [...form.elements]
      .filter(field => field.name === name && ((field.type !== 'radio' && field.type !== 'checkbox') || field.checked))
      .map(field => field.value)
    form.addEventListener('change', () => {
      for (const offer of offers) {
        const stands = standing(form, offer.posts)
        if (holds(offer.condition, answersOf)) {
          if (!offer.isIn && Object.values(stands).every(value => value === '')) {
            put(form, offer.posts, true)
            note(form, offer.name, offer.value)
          }
          offer.isIn = true
        } else if (offer.isIn) {
          if (Object.entries(stands).every(([name, value]) => value === offer.posts[name])) put(form, offer.posts, false)
          offer.isIn = false
        }
      }
    })
  }
}
