// Copies of what is typed, in this tab, until the server has said that it has them. A copy knows the revision its page was
// made from and its name, so that what it brings back is merged like any other save, and the token under which it was posted.
const PREFIX = 'draft:'

export function keep (store, key, answers, made, newToken) {
  const { seen, page } = find(store, key) || made
  const copy = { answers, seen, page, token: newToken() }
  try { store.setItem(PREFIX + key, JSON.stringify(copy)) } catch { /* private mode: the server copy is enough */ }
  return copy
}

export function find (store, key) {
  try { return JSON.parse(store.getItem(PREFIX + key) || 'null') } catch { return null }
}

export function forget (store, key) {
  try { store.removeItem(PREFIX + key) } catch { /* nothing was kept */ }
}

// Forget the copy that was posted under this token: only it is on the server, not what was typed since.
export function forgetSaved (store, token) {
  if (!token) return
  const keys = []
  try { for (let n = 0; n < store.length; n += 1) keys.push(store.key(n)) } catch { return }
  for (const name of keys) {
    if (!name || !name.startsWith(PREFIX)) continue
    const copy = find(store, name.slice(PREFIX.length))
    if (copy && copy.token === token) forget(store, name.slice(PREFIX.length))
  }
}

export function savedToken (cookies) {
  const found = /(?:^|;\s*)mc_saved=([A-Za-z0-9-]{1,40})/.exec(cookies)
  return found ? found[1] : ''
}

// What an answer of the server means for the copy and for the person.
export function outcomeOf (status, body) {
  if (status === 401 || status === 403) return { kind: 'login', text: body.detail }
  if (status === 409 && body.location) return { kind: 'sent', text: body.detail, location: body.location }
  if (status === 409) return { kind: 'choose', text: body.fields ? `${body.detail} (${body.fields.join(', ')})` : body.detail }
  if (status >= 200 && status < 300) return { kind: 'saved', text: body.message, revision: body.revision, taken: body.taken || [] }
  return { kind: 'failed' }
}
