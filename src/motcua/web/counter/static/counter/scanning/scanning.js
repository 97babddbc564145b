// The scan desk with scripts: files in pieces, live progress, keys between pages, pages dragged from paper to paper.
// Without this file the same forms post whole and the page refreshes itself.
const PIECE = 1024 * 1024
const TRIES = 8
const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

async function persist (request) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await request()
      if (answer.status < 500 || attempt >= TRIES) return answer
    } catch (error) {
      if (attempt >= TRIES) throw error
    }
    await wait(Math.min(500 * 2 ** attempt, 8000))
  }
}

async function send (form, address, file, say) {
  const headers = { 'X-CSRFToken': form.querySelector('[name=csrfmiddlewaretoken]').value }
  const opening = new FormData()
  opening.set('filename', file.name)
  opening.set('size', String(file.size))
  const opened = await persist(() => fetch(address, { method: 'POST', body: opening, headers }))
  const upload = await opened.json()
  if (!opened.ok) throw new Error(upload.detail)
  for (let offset = upload.offset; offset < file.size;) {
    const piece = file.slice(offset, offset + PIECE)
    const answer = await persist(() => fetch(upload.url, { method: 'POST', body: piece, headers: { ...headers, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) } }))
    const state = await answer.json()
    if (!answer.ok && answer.status !== 409) throw new Error(state.detail)
    offset = state.offset
    say(`${file.name}: ${Math.round(100 * offset / file.size)} %`)
  }
  const finished = await persist(() => fetch(upload.finish, { method: 'POST', headers }))
  const result = await finished.json()
  if (!finished.ok) throw new Error(result.detail)
  say(result.message)
}

async function sendAll (form, address, files) {
  const list = form.querySelector('[data-sending]')
  let refused = 0
  for (const file of files) {
    const line = document.createElement('li')
    line.textContent = file.name
    list.append(line)
    try {
      await send(form, address, file, words => { line.textContent = words })
    } catch (error) {
      refused += 1
      line.textContent = `${file.name}: ${error.message}`
      line.className = 'govuk-error-message'
    }
  }
  return !refused
}

for (const form of document.querySelectorAll('form[data-upload]')) {
  const field = form.querySelector('input[type=file]')
  field.addEventListener('change', () => {
    if (!field.files.length) return
    sendAll(form, form.dataset.upload, field.files).then(sent => { field.value = ''; if (sent) window.location.reload() })
  })
}

// Opening: the batch first, then its files in pieces, then the batch's page.
const opening = document.querySelector('form[data-open]')
if (opening) {
  opening.addEventListener('submit', async event => {
    const files = opening.querySelector('input[type=file]').files
    if (!files.length) return
    event.preventDefault()
    const button = opening.querySelector('button:not([type=button])')
    button.disabled = true
    const body = new FormData(opening)
    body.delete('files')
    const opened = await persist(() => fetch(opening.action, { method: 'POST', body }))
    if (!opened.ok) { button.disabled = false; opening.submit(); return }
    if (await sendAll(opening, new URL('tai-len/', opened.url).href, files)) window.location.assign(opened.url)
    else opening.querySelector('[data-sending]').insertAdjacentHTML('beforeend', `<li><a class="govuk-link" href="${opened.url}">${opening.dataset.onward}</a></li>`)
  })
}

for (const place of document.querySelectorAll('[data-drop]')) {
  const field = place.querySelector('input[type=file]')
  place.addEventListener('dragover', event => { event.preventDefault(); place.classList.add('is-over') })
  place.addEventListener('dragleave', () => place.classList.remove('is-over'))
  place.addEventListener('drop', event => {
    event.preventDefault()
    place.classList.remove('is-over')
    if (!event.dataTransfer.files.length) return
    field.files = event.dataTransfer.files
    field.dispatchEvent(new Event('change', { bubbles: true }))
  })
}

// What somebody is typing is not swept away because a page has been read.
const untouched = () => [...document.querySelectorAll('.sc-field input')].every(field => field.value === field.defaultValue)

async function follow (bar) {
  while (bar) {
    await wait(1000)
    let answer
    try { answer = await fetch(bar.dataset.progress) } catch { continue }
    if (!answer.ok) return
    if (answer.headers.get('HX-Refresh')) { if (untouched()) window.location.reload(); else bar.hidden = true; return }
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-progress]')
    if (!fresh) { window.location.reload(); return }
    bar.replaceWith(fresh)
    bar = fresh
  }
}
follow(document.querySelector('[data-progress]'))

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && event.target.matches('input, select, textarea')) event.target.blur()
})
const current = document.querySelector('[data-current]')
if (current) { current.focus(); current.select() }
const row = document.querySelector('.sc-thumb.is-current')
if (row) row.scrollIntoView({ block: 'nearest' })

// Dragging a page onto another page puts it before that one; onto a paper, at its end.
const arrange = document.getElementById('arrange')
let dragged = null
for (const thumb of arrange ? document.querySelectorAll('.sc-thumb') : []) {
  thumb.draggable = true
  thumb.addEventListener('dragstart', () => { dragged = thumb.dataset.page })
}
for (const paper of arrange ? document.querySelectorAll('.sc-paper') : []) {
  paper.addEventListener('dragover', event => { if (dragged) { event.preventDefault(); paper.classList.add('is-over') } })
  paper.addEventListener('dragleave', () => paper.classList.remove('is-over'))
  paper.addEventListener('drop', event => {
    if (!dragged) return
    event.preventDefault()
    const before = event.target.closest('.sc-thumb')
    if (before && before.dataset.page === dragged) return
    const body = new FormData(arrange)
    body.set('act', 'move')
    body.set('page', dragged)
    body.set('to', paper.dataset.paper)
    body.delete('paper')
    if (before) body.set('before', before.dataset.page)
    fetch(arrange.action, { method: 'POST', body }).then(answer => { window.location.assign(answer.url) })
  })
}
