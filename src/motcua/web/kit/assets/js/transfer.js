// One file on its way by the tus protocol 1.0: begun, sent in pieces, paused, taken up again from where the server stands.
const [LEAST, PIECE, MOST] = [64 * 1024, 256 * 1024, 4 * 1024 * 1024]
// A piece takes about so long (milliseconds): what a dropped line costs is small, and so is what a fast one waits.
const [QUICK, SLOW] = [700, 4000]
const TRIES = 8
// Sending the same file again would be answered the same.
const FINAL = [400, 413, 415, 422]
const TUS = { 'Tus-Resumable': '1.0.0', Accept: 'application/json' }

// What a person is told; `code` is the server's.
export class Refused extends Error {
  constructor (message, status, code) {
    super(message)
    this.status = status
    this.code = code
  }
}

const base64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

export class Transfer {
  // `token` gives the token of the form as it is now: it changes when somebody logs in again.
  constructor (file, address, { token, show, fetch = globalThis.fetch.bind(globalThis), pause = wait, piece = PIECE, most = MOST }) {
    Object.assign(this, { file, address, token, show, fetch, wait: pause, piece, most })
    this.url = ''
    this.offset = 0
    this.state = 'waiting'
  }

  say (state, more = {}) {
    this.state = state
    this.show({ state, share: this.file.size ? this.offset / this.file.size : 0, ...more })
  }

  // Sends until done, paused or refused. What the server has is never sent again.
  async run () {
    while (this.busy) await this.busy
    if (this.state !== 'waiting') return
    this.busy = this.work().finally(() => { this.busy = null })
    await this.busy
  }

  async work () {
    this.say('sending')
    try {
      if (this.url) await this.ask()
      else await this.create()
      let result = null
      while (this.state === 'sending' && this.offset < this.file.size) result = await this.send()
      if (this.state !== 'sending') return
      if (!result) result = await (await this.persist(() => this.call('POST', this.url))).json()
      this.say('done', { result })
    } catch (error) {
      if (this.state !== 'sending') return
      if (error.status === 410 || error.status === 404) this.url = ''
      this.say(FINAL.includes(error.status) ? 'refused' : 'failed', { error })
    }
  }

  pause () {
    if (this.state !== 'sending' && this.state !== 'waiting') return
    this.say('paused')
    this.stop()
  }

  async remove () {
    if (this.state === 'done') return
    this.say('removed')
    this.stop()
    await this.busy
    if (this.url) await this.call('DELETE', this.url).catch(() => {})
  }

  // Beginning is not broken off: its answer says where the file lies.
  stop () {
    if (this.url) this.abort?.abort()
  }

  async create () {
    this.offset = 0
    const headers = { 'Upload-Length': String(this.file.size), 'Upload-Metadata': `filename ${base64(this.file.name)},filetype ${base64(this.file.type || '')}` }
    const answer = await this.persist(() => this.call('POST', this.address, { headers }))
    this.url = answer.headers.get('Location')
  }

  async ask () {
    const answer = await this.persist(() => this.call('HEAD', this.url))
    this.offset = Number(answer.headers.get('Upload-Offset'))
  }

  async send () {
    const body = this.file.slice(this.offset, this.offset + this.piece)
    // The last piece is answered with what became of the file.
    const headers = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(this.offset), Prefer: 'return=representation' }
    for (let attempt = 0; ; attempt += 1) {
      const begun = Date.now()
      try {
        const answer = await this.call('PATCH', this.url, { headers, body })
        this.adapt(Date.now() - begun)
        this.offset = Number(answer.headers.get('Upload-Offset'))
        if (this.state === 'sending') this.say('sending')
        return answer.status === 200 ? await answer.json() : null
      } catch (error) {
        if (this.state !== 'sending') throw error
        if (error.status && error.status !== 409 && error.status < 500) throw error
        if (attempt >= TRIES) throw error
        await this.wait(Math.min(500 * 2 ** attempt, 8000))
        const before = this.offset
        await this.ask()
        if (this.offset !== before) {
          if (this.state === 'sending') this.say('sending')
          return null
        }
      }
    }
  }

  adapt (took) {
    if (took < QUICK) this.piece = Math.min(this.piece * 2, this.most)
    else if (took > SLOW) this.piece = Math.max(Math.floor(this.piece / 2), LEAST)
  }

  async persist (request) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await request()
      } catch (error) {
        if (this.state !== 'sending') throw error
        if ((error.status && error.status < 500) || attempt >= TRIES) throw error
      }
      await this.wait(Math.min(500 * 2 ** attempt, 8000))
    }
  }

  async call (method, url, { headers = {}, body } = {}) {
    this.abort = new AbortController()
    const answer = await this.fetch(url, {
      method, body, credentials: 'same-origin', signal: this.abort.signal, headers: { ...TUS, 'X-CSRFToken': this.token(), ...headers }
    })
    if (answer.ok) return answer
    const said = (await answer.json().catch(() => null)) ?? {}
    throw new Refused([said.detail, said.advice].filter(Boolean).join(' '), answer.status, said.code)
  }
}

// Several files at once, but not all: a phone's line is shared by them.
export class Queue {
  constructor (most = 2, idle = () => {}) {
    Object.assign(this, { most, idle, waiting: [], running: new Set() })
  }

  add (transfer) {
    this.waiting.push(transfer)
    this.next()
  }

  next () {
    while (this.running.size < this.most && this.waiting.length) {
      const transfer = this.waiting.shift()
      if (transfer.state === 'paused' || transfer.state === 'removed') continue
      this.running.add(transfer)
      transfer.run().finally(() => {
        this.running.delete(transfer)
        this.next()
        if (!this.isBusy) this.idle()
      })
    }
  }

  get isBusy () {
    return this.running.size > 0 || this.waiting.some(transfer => transfer.state === 'waiting')
  }
}
