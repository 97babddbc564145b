// A file on its way against a server of the protocol that breaks off, forgets, refuses and answers late.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Queue, Transfer } from '../../src/motcua/web/kit/assets/js/transfer.js'

// The server's part in memory. `trouble(method, count)` may throw (the line drops) or give a status to refuse with.
function server ({ trouble = () => 0, lost = () => false } = {}) {
  const state = { size: 0, received: new Uint8Array(0), asked: [], open: false, name: '' }
  let count = 0
  const answer = (status, headers = {}, body = null) => ({ ok: status < 400, status, headers: new Map(Object.entries(headers)), json: async () => body })
  const named = headers => ({ get: name => headers[name] })
  state.fetch = async (url, { method, headers, body }) => {
    count += 1
    state.asked.push(method)
    const refused = trouble(method, count)
    if (refused) return answer(refused, {}, { detail: `no ${refused}` })
    const given = named(headers)
    if (method === 'POST' && url === '/begin/') {
      Object.assign(state, { size: Number(given.get('Upload-Length')), received: new Uint8Array(0), open: true })
      state.name = given.get('Upload-Metadata')
      return answer(201, { Location: '/one/' })
    }
    if (method === 'HEAD') return state.open ? answer(200, { 'Upload-Offset': state.received.length }) : answer(410)
    if (method === 'DELETE') { state.open = false; return answer(204) }
    if (method === 'POST') return answer(200, {}, { message: 'asked' })
    if (Number(given.get('Upload-Offset')) !== state.received.length) return answer(409, {}, { detail: 'offset' })
    state.received = new Uint8Array([...state.received, ...new Uint8Array(await body.arrayBuffer())])
    if (lost(count)) throw new TypeError('the answer got lost')
    const whole = state.received.length === state.size
    return answer(whole ? 200 : 204, { 'Upload-Offset': state.received.length }, { message: 'kept' })
  }
  return state
}

const file = (size, name = 'giấy chứng sinh.pdf') => {
  const content = Uint8Array.from({ length: size }, (_, n) => n % 251)
  return { name, type: 'application/pdf', size, content, slice: (from, to) => new Blob([content.slice(from, to)]) }
}

function sending (one, state, more = {}) {
  const told = []
  const transfer = new Transfer(one, '/begin/', { token: () => 't', show: say => told.push(say), fetch: state.fetch, pause: async () => {}, piece: 10, most: 10, ...more })
  return { transfer, told }
}

test('a file goes in pieces and the last one is answered with what became of it', async () => {
  const [state, one] = [server(), file(25)]
  const { transfer, told } = sending(one, state)
  await transfer.run()
  assert.deepEqual([...state.received], [...one.content])
  assert.deepEqual(state.asked, ['POST', 'PATCH', 'PATCH', 'PATCH'])
  assert.equal(told.at(-1).result.message, 'kept')
  assert.equal(Buffer.from(state.name.split(' ')[1].split(',')[0], 'base64').toString(), 'giấy chứng sinh.pdf')
})

test('a dropped line costs only the piece that was under way', async () => {
  const state = server({ trouble: (method, n) => { if (n === 3 || n === 4) throw new TypeError('offline') } })
  const one = file(25)
  const { transfer, told } = sending(one, state)
  await transfer.run()
  assert.deepEqual([...state.received], [...one.content])
  assert.equal(told.at(-1).state, 'done')
})

test('a piece whose answer got lost is not sent twice', async () => {
  const state = server({ lost: n => n === 2 || n === 5 })
  const one = file(25)
  const { transfer, told } = sending(one, state)
  await transfer.run()
  assert.deepEqual([...state.received], [...one.content])
  assert.equal(told.at(-1).state, 'done')
  assert.ok(told.at(-1).result.message)
})

test('where the line stays away the file waits for its person and goes on from there', async () => {
  let down = false
  const state = server({ trouble: (method, n) => { if (n > 2 && down) throw new TypeError('offline') } })
  down = true
  const one = file(25)
  const { transfer, told } = sending(one, state)
  await transfer.run()
  assert.equal(told.at(-1).state, 'failed')
  assert.equal(state.received.length, 10)
  down = false
  transfer.say('waiting')
  await transfer.run()
  assert.equal(told.at(-1).state, 'done')
  assert.equal(state.asked.filter(method => method === 'POST').length, 1, 'it was begun once')
})

test('pausing keeps what is there', async () => {
  const state = server()
  const one = file(45)
  const { transfer, told } = sending(one, state, { show: undefined })
  transfer.show = say => { told.push(say); if (say.share > 0.3 && say.state === 'sending') transfer.pause() }
  await transfer.run()
  assert.equal(transfer.state, 'paused')
  const before = state.received.length
  assert.ok(before > 10 && before < 45)
  transfer.show = say => told.push(say)
  transfer.say('waiting')
  await transfer.run()
  assert.deepEqual([...state.received], [...one.content])
})

test('resting while it is begun begins it once', async () => {
  const state = server()
  const one = file(25)
  const { transfer } = sending(one, state)
  const first = transfer.run()
  transfer.pause()
  transfer.say('waiting')
  const second = transfer.run()
  await Promise.all([first, second])
  assert.equal(transfer.state, 'done')
  assert.deepEqual(state.asked.filter(method => method === 'POST'), ['POST'])
  assert.deepEqual([...state.received], [...one.content])
})

test('taking it off while it is begun ends it', async () => {
  const state = server()
  const { transfer } = sending(file(25), state)
  const run = transfer.run()
  await transfer.remove()
  await run
  assert.deepEqual(state.asked, ['POST', 'DELETE'])
})

test('what is removed is ended at the server too', async () => {
  const state = server()
  const { transfer } = sending(file(45), state)
  transfer.show = say => { if (say.share > 0.3 && say.state === 'sending') transfer.remove() }
  await transfer.run()
  await new Promise(resolve => setTimeout(resolve, 5))
  assert.equal(transfer.state, 'removed')
  assert.equal(state.asked.at(-1), 'DELETE')
  assert.ok(!state.asked.slice(0, -1).includes('DELETE'))
})

test('pieces grow on a fast line, up to a bound', async () => {
  const [state, one] = [server(), file(100)]
  const { transfer } = sending(one, state, { most: 35 })
  await transfer.run()
  assert.deepEqual([...state.received], [...one.content])
  assert.equal(state.asked.filter(method => method === 'PATCH').length, 4, '10, 20, 35, 35')
})

test('a refusal is final and says why; one that passes can be tried again', async () => {
  for (const [status, wanted] of [[422, 'refused'], [413, 'refused'], [401, 'failed'], [409, 'failed']]) {
    const { transfer, told } = sending(file(5), server({ trouble: (method) => method === 'POST' ? status : 0 }))
    await transfer.run()
    assert.equal(told.at(-1).state, wanted)
    assert.match(told.at(-1).error.message, new RegExp(`${status}`))
  }
})

test('a transfer the server gave up begins anew', async () => {
  let down = true
  const state = server({ trouble: (method, n) => { if (down && n > 2) throw new TypeError('offline') } })
  const one = file(25)
  const { transfer, told } = sending(one, state)
  await transfer.run()
  down = false
  state.open = false
  transfer.say('waiting')
  await transfer.run()
  assert.equal(told.at(-1).state, 'failed')
  transfer.say('waiting')
  await transfer.run()
  assert.equal(told.at(-1).state, 'done')
  assert.deepEqual([...state.received], [...one.content])
})

test('several go at once, the rest wait, one that fails holds nobody up', async () => {
  const queue = new Queue(2)
  let running = 0
  let most = 0
  const one = outcome => ({
    state: 'waiting',
    async run () {
      running += 1
      most = Math.max(most, running)
      await new Promise(resolve => setTimeout(resolve, 5))
      running -= 1
      this.state = outcome
    }
  })
  const transfers = ['done', 'failed', 'done', 'done'].map(one)
  for (const transfer of transfers) queue.add(transfer)
  assert.ok(queue.isBusy)
  while (queue.isBusy) await new Promise(resolve => setTimeout(resolve, 1))
  assert.equal(most, 2)
  assert.deepEqual(transfers.map(transfer => transfer.state), ['done', 'failed', 'done', 'done'])
})
