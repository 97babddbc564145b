// Saves what is typed, quietly, shortly after the last key, and says when it did. Nothing is overwritten: the page says which
// revision it was made from, and where somebody saved something else meanwhile the person chooses. Nothing typed is lost: a
// copy stays in this tab until the server has confirmed it, over log-ins and broken lines.
import { find, forget, forgetSaved, keep, outcomeOf, savedToken } from './copies.js'

const PAUSE = 1500
const newToken = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, '0')).join('')
const NOT_TYPED = new Set(['csrfmiddlewaretoken', '_seen', '_copy', '_page', 'seen', 'seen_draft'])

const typedIn = form => [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !NOT_TYPED.has(name))

function putBack (form, answers) {
  const byName = new Map()
  for (const [name, value] of answers) byName.set(name, [...(byName.get(name) || []), value])
  const there = new Set()
  for (const field of form.elements) {
    if (!field.name || field.type === 'file' || NOT_TYPED.has(field.name)) continue
    there.add(field.name)
    const values = byName.get(field.name)
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = Boolean(values && values.includes(field.value))
    else if (values && field.type !== 'submit' && field.type !== 'hidden') field.value = values.shift()
  }
  // Entries of a list that this page does not show are still what somebody typed.
  for (const [name, values] of byName) {
    if (there.has(name)) continue
    for (const value of values) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  }
}

const placeOf = (page, path) => {
  const id = 'f-' + path.replaceAll('.', '-')
  const found = page.getElementById(id) || page.getElementById(id + '-group') || page.querySelector(`[name="${CSS.escape(path)}"]`)
  if (!found) return null
  return found.closest('.mc-repeat') || (found.closest('fieldset') || found).closest('.govuk-form-group')
}

// Answers that were changed elsewhere come into this page; the one being typed in stays as it is.
async function takeIn (paths) {
  const answer = await fetch(window.location.pathname, { credentials: 'same-origin' })
  if (!answer.ok) throw new Error(String(answer.status))
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const path of paths) {
    const [here, there] = [placeOf(document, path), placeOf(fresh, path)]
    if (here && there && !here.contains(document.activeElement)) here.replaceWith(document.importNode(there, true))
  }
}

function watch (form) {
  const status = form.querySelector('[data-draft-status]')
  const seen = form.elements.namedItem('_seen')
  const posted = form.elements.namedItem('_copy')
  const name = form.elements.namedItem('_page')
  const key = form.dataset.autosave
  const store = window.sessionStorage
  const made = () => ({ seen: seen ? seen.value : '0', page: name ? name.value : '' })
  let waiting = null
  let [timer, typed, running, closed, leaving] = [null, 0, false, false, false]

  const say = text => { if (status && text !== undefined) status.textContent = text }

  function offer (words, act) {
    let button = form.querySelector('[data-draft-act]')
    if (!button) {
      button = document.createElement('button')
      button.type = 'button'
      button.dataset.draftAct = ''
      button.className = 'govuk-button govuk-button--secondary mc-small'
      status.after(button)
    }
    button.textContent = words
    button.onclick = act
  }
  const withdraw = () => form.querySelector('[data-draft-act]')?.remove()

  async function act (answer, body, answering) {
    const outcome = outcomeOf(answer.status, body)
    if (outcome.kind === 'failed') throw new Error(String(answer.status))
    say(outcome.text)
    if (outcome.kind === 'login' && !form.dataset.loginText) return
    if (outcome.kind === 'login') return offer(form.dataset.loginText, () => form.requestSubmit())
    if (outcome.kind === 'choose' && !form.dataset.chooseText) return
    if (outcome.kind === 'choose') return offer(form.dataset.chooseText, () => form.requestSubmit())
    if (outcome.kind === 'sent') {
      closed = true
      forget(store, key)
      return offer(form.dataset.openText, () => window.location.assign(outcome.location))
    }
    withdraw()
    if (outcome.taken.length) await takeIn(outcome.taken)
    if (seen) seen.value = String(outcome.revision)
    // The next saving is made on this one; whoever saved meanwhile is not overwritten.
    const draft = form.elements.namedItem('seen_draft')
    if (draft && body.seen_draft) draft.value = body.seen_draft
    if (answering === typed) forget(store, key)
    else rebase()
    form.dispatchEvent(new CustomEvent('saved', { bubbles: true }))
  }

  // What was typed while the save was under way builds on what it saved.
  function rebase () {
    forget(store, key)
    keep(store, key, typedIn(form), made(), newToken)
  }

  async function save () {
    if (running || closed || leaving) { if (running) timer = setTimeout(save, PAUSE); return }
    running = true
    const answering = typed
    say(form.dataset.savingText)
    try {
      const body = new FormData(form)
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
      const answer = await fetch(key, { method: 'POST', body, headers: { Accept: 'application/json' }, credentials: 'same-origin' })
      await act(answer, await answer.json().catch(() => ({})), answering)
    } catch {
      if (!leaving) {
        say(form.dataset.failedText)
        timer = setTimeout(save, PAUSE * 6)
      }
    }
    running = false
    if (waiting) form.requestSubmit(waiting.submitter)
  }

  function changed () {
    if (closed) return
    typed += 1
    keep(store, key, typedIn(form), made(), newToken)
    clearTimeout(timer)
    timer = setTimeout(save, PAUSE)
  }

  const copy = find(store, key)
  if (copy) {
    putBack(form, copy.answers)
    if (seen) seen.value = String(copy.seen)
    if (name && copy.page) name.value = copy.page
    say(form.dataset.restoredText)
    form.dispatchEvent(new Event('change', { bubbles: true }))
    timer = setTimeout(save, 0)
  }
  form.addEventListener('input', changed)
  form.addEventListener('change', event => { if (event.isTrusted) changed() })
  form.addEventListener('submit', event => {
    clearTimeout(timer)
    if (running && !waiting) {
      // An older save under way must not arrive after this one; but nobody waits for it for ever.
      event.preventDefault()
      waiting = { submitter: event.submitter }
      setTimeout(() => { if (!leaving) form.requestSubmit(waiting.submitter) }, 3000)
      return
    }
    leaving = true
    // The copy stays: the next page forgets it when the server says that it has it.
    if (!posted) forget(store, key)
    else posted.value = (find(store, key) || keep(store, key, typedIn(form), made(), newToken)).token
  })
  window.addEventListener('pageshow', event => { if (event.persisted) leaving = false })
  window.addEventListener('online', () => { if (find(store, key)) { clearTimeout(timer); timer = setTimeout(save, 0) } })
}

export function startDrafts () {
  forgetSaved(window.sessionStorage, savedToken(document.cookie))
  for (const form of document.querySelectorAll('form[data-autosave]')) watch(form)
}
