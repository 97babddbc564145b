// Local copies of a draft: kept until the server has them, never longer than that and never less.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { find, forget, forgetSaved, keep, outcomeOf, savedToken } from '../../src/motcua/web/kit/assets/js/copies.js'

function storage () {
  const kept = new Map()
  return {
    getItem: key => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: key => kept.delete(key),
    key: n => [...kept.keys()][n],
    get length () { return kept.size }
  }
}
const tokens = () => { let n = 0; return () => `t${++n}` }

test('a copy keeps the revision its page was made from, whatever is typed later', () => {
  const [store, next] = [storage(), tokens()]
  keep(store, '/a/', [['x', '1']], { seen: '4', page: 'p' }, next)
  keep(store, '/a/', [['x', '12']], { seen: '9', page: 'q' }, next)
  assert.deepEqual(find(store, '/a/'), { answers: [['x', '12']], seen: '4', page: 'p', token: 't2' })
})

test('only what was posted is forgotten: what was typed since has another token', () => {
  const [store, next] = [storage(), tokens()]
  const posted = keep(store, '/a/', [['x', '1']], { seen: '4', page: 'p' }, next)
  keep(store, '/a/', [['x', '12']], { seen: '4', page: 'p' }, next)
  keep(store, '/b/', [['y', '1']], { seen: '1', page: 'p' }, next)
  forgetSaved(store, posted.token)
  assert.equal(find(store, '/a/').answers[0][1], '12')
  forgetSaved(store, find(store, '/a/').token)
  assert.equal(find(store, '/a/'), null)
  assert.notEqual(find(store, '/b/'), null)
})

test('no token forgets nothing, and things of others stay', () => {
  const store = storage()
  store.setItem('other', '{}')
  keep(store, '/a/', [], { seen: '1', page: 'p' }, tokens())
  forgetSaved(store, savedToken(''))
  assert.equal(store.length, 2)
  forget(store, '/a/')
  assert.equal(store.length, 1)
})

test('the cookie is read whatever stands around it', () => {
  assert.equal(savedToken('a=1; mc_saved=ab-12; b=2'), 'ab-12')
  assert.equal(savedToken('xmc_saved=ab'), '')
  assert.equal(savedToken('mc_saved=<script>'), '')
})

test('an ended session, a contradiction and a sent draft are told apart', () => {
  assert.equal(outcomeOf(401, { detail: 'x' }).kind, 'login')
  assert.equal(outcomeOf(403, { detail: 'x' }).kind, 'login')
  assert.equal(outcomeOf(409, { detail: 'x', fields: ['a'] }).text, 'x (a)')
  assert.equal(outcomeOf(409, { detail: 'x', location: '/y' }).kind, 'sent')
  assert.deepEqual(outcomeOf(200, { message: 'm', revision: 3 }), { kind: 'saved', text: 'm', revision: 3, taken: [] })
  assert.equal(outcomeOf(502, {}).kind, 'failed')
})
