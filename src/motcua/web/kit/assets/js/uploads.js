// Files of a page: picked, dropped or taken with the camera, several at once, each with its own row that tells how far it is,
// rests, goes on and is taken off. Nothing reloads the page. Without scripts the same field posts its files whole.
import { Queue, Transfer } from './transfer.js'

const idle = () => document.dispatchEvent(new CustomEvent('transfers-idle'))
// Where files follow one another, as sheets of a pile do, they go one by one: a small one would overtake a large one.
const queue = new Queue(document.querySelector('[data-in-order]') ? 1 : 2, idle)
// What a button of a row is for, by the state of its transfer.
const BUTTONS = { pause: ['sending', 'waiting'], resume: ['paused', 'failed'], remove: ['waiting', 'sending', 'paused', 'failed', 'refused', 'kept'] }

const part = (row, name) => row.querySelector(`[data-row-${name}]`)
const said = words => Object.assign(document.createElement('span'), { className: 'govuk-visually-hidden', textContent: ` ${words}` })

// Whoever logged in again in another tab goes on here with the token of the new session.
async function freshToken () {
  const answer = await fetch(window.location.pathname, { credentials: 'same-origin' })
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const token = page.querySelector('main [name=csrfmiddlewaretoken]')
  if (token) for (const field of document.querySelectorAll('[name=csrfmiddlewaretoken]')) field.value = token.value
}

function rowOf (place, file) {
  const row = place.querySelector('template').content.firstElementChild.cloneNode(true)
  part(row, 'name').textContent = file.name
  for (const button of row.querySelectorAll('button')) button.append(said(file.name))
  place.querySelector('[data-rows]').append(row)
  return row
}

function tell (place, words) {
  place.querySelector('[data-told]').textContent = words
}

function show (place, row, file, { state, share, error }) {
  const words = place.dataset
  const percent = `${Math.floor(share * 100)} %`
  const told = { waiting: words.waiting, sending: percent, paused: `${words.paused} ${percent}`, failed: error?.message || words.failed, refused: error?.message }
  part(row, 'text').textContent = told[state]
  part(row, 'bar').value = share
  part(row, 'bar').hidden = !['sending', 'waiting', 'paused'].includes(state)
  row.classList.toggle('is-bad', state === 'failed' || state === 'refused')
  for (const [name, states] of Object.entries(BUTTONS)) part(row, name).hidden = !states.includes(state)
  if (state === 'failed' || state === 'refused') tell(place, `${file.name}: ${told[state]}`)
}

// A row the server has written takes the place of the transfer; otherwise the form carries the file along.
function finished (place, row, result) {
  tell(place, result.message)
  const attached = place.closest('[data-line]')?.querySelector('[data-attached]')
  if (result.html && attached) {
    const fresh = new DOMParser().parseFromString(result.html, 'text/html').body.firstElementChild
    attached.append(document.importNode(fresh, true))
    row.remove()
  } else {
    part(row, 'name').textContent = ''
    part(row, 'text').textContent = result.message
    part(row, 'bar').hidden = true
    for (const [name, states] of Object.entries(BUTTONS)) part(row, name).hidden = !states.includes(result.file_id ? 'kept' : 'done')
    if (result.file_id) {
      const kept = Object.assign(document.createElement('input'), { type: 'hidden', name: 'kept', value: `${place.dataset.key}:${result.file_id}:${result.filename}` })
      row.append(kept)
    }
  }
  place.dispatchEvent(new CustomEvent('attached', { bubbles: true, detail: result }))
}

function begin (place, file, address) {
  const row = rowOf(place, file)
  const transfer = new Transfer(file, address, {
    token: () => place.closest('form').querySelector('[name=csrfmiddlewaretoken]').value,
    show: told => {
      if (told.state === 'removed') row.remove()
      else if (told.state === 'done') finished(place, row, told.result)
      else show(place, row, file, told)
    }
  })
  part(row, 'pause').onclick = () => transfer.pause()
  part(row, 'remove').onclick = () => transfer.state === 'done' ? row.remove() : transfer.remove()
  part(row, 'resume').onclick = async () => {
    if (transfer.state === 'failed') await freshToken().catch(() => {})
    transfer.say('waiting')
    queue.add(transfer)
  }
  if (file.size > Number(place.dataset.most)) transfer.say('refused', { error: { message: place.dataset.tooLarge } })
  else if (!file.size) transfer.say('refused', { error: { message: place.dataset.empty } })
  else {
    transfer.say('waiting')
    queue.add(transfer)
  }
  return transfer
}

function send (place, files, address = place.dataset.transfers) {
  for (const file of files) begin(place, file, address)
  if (!queue.isBusy) idle()
}

// Takes a file off without leaving the page; without scripts the button posts the form.
async function detach (event) {
  const button = event.target.closest('button[data-detach]')
  if (!button) return
  event.preventDefault()
  const body = new FormData()
  body.set('csrfmiddlewaretoken', button.form.querySelector('[name=csrfmiddlewaretoken]').value)
  body.set(button.name, button.value)
  const answer = await fetch(button.dataset.detach, { method: 'POST', body, headers: { Accept: 'application/json' }, credentials: 'same-origin' }).catch(() => null)
  const form = button.form
  if (answer && answer.ok) {
    button.closest('li').remove()
    form.dispatchEvent(new CustomEvent('detached', { bubbles: true }))
  }
  else form.requestSubmit(button)
}

function attach (place) {
  const field = place.querySelector('input[type=file]')
  // A page that has to open something first says by itself when its files go, and where.
  const isLater = !place.dataset.transfers
  place.addEventListener('send', event => send(place, event.detail.files, event.detail.address))
  if (!isLater) {
    const sendChosen = () => {
      send(place, [...field.files])
      field.value = ''
    }
    field.addEventListener('change', sendChosen)
    // On a slow line people choose before the script is here; whoever comes back finds the choice still in the field.
    if (field.files.length) sendChosen()
  }
  place.addEventListener('dragover', event => { event.preventDefault(); place.classList.add('is-over') })
  place.addEventListener('dragleave', () => place.classList.remove('is-over'))
  place.addEventListener('drop', event => {
    event.preventDefault()
    place.classList.remove('is-over')
    if (isLater) field.files = event.dataTransfer.files
    else send(place, [...event.dataTransfer.files])
  })
}

export function startUploads () {
  const places = document.querySelectorAll('[data-transfers]')
  if (!places.length) return
  for (const place of places) attach(place)
  document.addEventListener('click', detach)
  window.addEventListener('beforeunload', event => { if (queue.isBusy) event.preventDefault() })
}
