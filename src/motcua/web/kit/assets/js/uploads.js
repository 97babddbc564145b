// Sends a file in pieces and goes on from where the server stands when the line drops. Without scripts the same field
// posts the file whole.
const PIECE = 256 * 1024
const TRIES = 8

const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

async function persist (request) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await request()
      if (answer.status < 500) return answer
    } catch (error) {
      if (attempt >= TRIES) throw error
    }
    if (attempt >= TRIES) throw new Error('unreachable')
    await wait(Math.min(500 * 2 ** attempt, 8000))
  }
}

async function send (field, file, show) {
  const headers = { Accept: 'application/json', 'X-CSRFToken': field.form.querySelector('[name=csrfmiddlewaretoken]').value }
  const opening = new FormData()
  opening.set('filename', file.name)
  opening.set('size', String(file.size))
  const opened = await persist(() => fetch(field.dataset.upload, { method: 'POST', body: opening, headers }))
  if (!opened.ok) throw new Error((await opened.json()).detail)
  const upload = await opened.json()
  let offset = upload.offset
  while (offset < file.size) {
    const piece = file.slice(offset, offset + PIECE)
    const answer = await persist(() => fetch(upload.url, {
      method: 'POST', body: piece, headers: { ...headers, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) }
    }))
    const state = await answer.json()
    if (!answer.ok && answer.status !== 409) throw new Error(state.detail)
    offset = state.offset
    show(offset / file.size)
  }
  const finished = await persist(() => fetch(upload.finish, { method: 'POST', headers }))
  const result = await finished.json()
  if (!finished.ok) throw new Error(result.detail)
  return result
}

function attach (field) {
  const status = document.getElementById(field.dataset.uploadStatus)
  const progress = status.querySelector('progress')
  const text = status.querySelector('[data-text]')
  field.addEventListener('change', async () => {
    const file = field.files[0]
    if (!file) return
    status.hidden = false
    progress.value = 0
    text.textContent = file.name
    try {
      const result = await send(field, file, share => { progress.value = share })
      progress.value = 1
      field.value = ''
      if (result.location) {
        // The same page with another fragment would not load again by itself.
        window.history.replaceState(null, '', result.location)
        window.location.reload()
      } else {
        text.textContent = result.message
        const kept = document.createElement('input')
        kept.type = 'hidden'
        kept.name = 'kept'
        kept.value = `${field.dataset.uploadKey}:${result.file_id}:${result.filename}`
        field.form.append(kept)
      }
    } catch (error) {
      text.textContent = error.message
    }
  })
}

export function startUploads () {
  for (const field of document.querySelectorAll('input[type=file][data-upload]')) attach(field)
}
