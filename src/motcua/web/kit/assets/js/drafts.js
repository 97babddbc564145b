// Saves what is typed, quietly, shortly after the last key, and says when it did. A lost line is not a lost draft: the
// answers also stay in this tab until the server has confirmed them.
const PAUSE = 1500
// Of this page and not of what was typed: another page has its own.
const UNKEPT = ['csrfmiddlewaretoken', 'seen', 'seen_draft']

function keep (form, key) {
  const answers = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !UNKEPT.includes(name))
  try { sessionStorage.setItem(key, JSON.stringify(answers)) } catch { /* private mode: the server copy is enough */ }
}

function forget (key) {
  try { sessionStorage.removeItem(key) } catch { /* nothing was kept */ }
}

function restore (form, key) {
  let answers
  try { answers = JSON.parse(sessionStorage.getItem(key) || 'null') } catch { return false }
  if (!answers) return false
  const byName = new Map()
  for (const [name, value] of answers) byName.set(name, [...(byName.get(name) || []), value])
  for (const field of form.elements) {
    if (!field.name || !byName.has(field.name) || field.type === 'file') continue
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = byName.get(field.name).includes(field.value)
    else field.value = byName.get(field.name)[0]
  }
  return true
}

function watch (form) {
  const status = form.querySelector('[data-draft-status]')
  const key = 'draft:' + form.dataset.autosave
  let timer = null
  let typed = 0
  let running = false

  const say = text => { if (status) status.textContent = text }

  async function save () {
    if (running) { timer = setTimeout(save, PAUSE); return }
    running = true
    const answering = typed
    say(form.dataset.savingText)
    try {
      const body = new FormData(form)
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
      const answer = await fetch(form.dataset.autosave, {
        method: 'POST', body, headers: { Accept: 'application/json' }, credentials: 'same-origin'
      })
      if (answer.status === 401 || answer.status === 409) { say((await answer.json()).detail); running = false; return }
      if (!answer.ok) throw new Error(String(answer.status))
      const saved = await answer.json()
      say(saved.message)
      // The next saving is made on this one; whoever saved meanwhile is not overwritten.
      if (form.elements.seen_draft && saved.seen_draft) form.elements.seen_draft.value = saved.seen_draft
      if (answering === typed) forget(key)
    } catch {
      say(form.dataset.failedText)
      timer = setTimeout(save, PAUSE * 6)
    }
    running = false
  }

  function changed () {
    typed += 1
    keep(form, key)
    clearTimeout(timer)
    timer = setTimeout(save, PAUSE)
  }

  if (restore(form, key)) timer = setTimeout(save, 0)
  form.addEventListener('input', changed)
  form.addEventListener('change', changed)
  form.addEventListener('submit', () => { clearTimeout(timer); forget(key) })
}

export function startDrafts () {
  for (const form of document.querySelectorAll('form[data-autosave]')) watch(form)
}
