// The scan desk with scripts: files in pieces, live progress, keys between pages, pages dragged from paper to paper.
// Without this file the same forms post whole and the page refreshes itself.
const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))
// Files travel by the kit's own script; it says when none is on its way any more.
const unsettled = () => document.querySelector('.mc-transfer.is-bad, .mc-transfer progress:not([hidden])')
const whenIdle = act => document.addEventListener('transfers-idle', act)

// Opening: the batch first, then its files in pieces, then the batch's page.
const opening = document.querySelector('form[data-open]')
if (opening) {
  const place = opening.querySelector('[data-transfers]')
  let batch = ''
  whenIdle(() => {
    if (!batch) return
    if (!unsettled()) { window.location.assign(batch); return }
    const onward = opening.querySelector('[data-onward]')
    onward.hidden = false
    onward.querySelector('a').href = batch
  })
  opening.addEventListener('submit', async event => {
    const files = [...opening.querySelector('input[type=file]').files]
    if (!files.length) return
    event.preventDefault()
    const button = opening.querySelector('button:not([type=button])')
    button.disabled = true
    const body = new FormData(opening)
    body.delete('files')
    const opened = await fetch(opening.action, { method: 'POST', body }).catch(() => null)
    if (!opened || !opened.ok) { button.disabled = false; opening.submit(); return }
    batch = opened.url
    place.dispatchEvent(new CustomEvent('send', { detail: { files, address: new URL('tai-len/', batch).href } }))
  })
}

// What somebody is typing is not swept away because a page has been read.
const untouched = () => !unsettled() && [...document.querySelectorAll('.sc-field input')].every(field => field.value === field.defaultValue)

async function follow (bar) {
  while (bar) {
    await wait(1000)
    let answer
    try { answer = await fetch(bar.dataset.progress) } catch { continue }
    if (!answer.ok) return
    if (answer.headers.get('HX-Refresh')) { if (untouched()) window.location.reload(); else bar.hidden = true; return }
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-progress]')
    if (!fresh) { if (untouched()) window.location.reload(); return }
    bar.replaceWith(fresh)
    bar = fresh
  }
}
follow(document.querySelector('[data-progress]'))

// Files that came while the page stands are read too: their progress shows without loading the page.
const adding = document.querySelector('form[data-follow]')
whenIdle(async () => {
  if (!adding || document.querySelector('[data-progress]') || !document.querySelector('.mc-transfer')) return
  const answer = await fetch(adding.dataset.follow).catch(() => null)
  if (!answer || !answer.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-progress]')
  if (fresh) {
    document.querySelector('.sc-columns').before(fresh)
    follow(fresh)
  } else if (untouched()) window.location.reload()
})

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
