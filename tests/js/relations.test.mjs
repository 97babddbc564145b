// The browser's half of the table of relations; the server's is in tests/unit/kit/test_relations.py.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { broken } from '../../src/motcua/web/kit/assets/js/relations.js'

const cases = JSON.parse(readFileSync(new URL('relations.json', import.meta.url), 'utf8'))

// Answers as a page posts them: a day in three boxes, rows by their number.
function posted (data, name = '') {
  if (Array.isArray(data)) return Object.assign({}, ...data.map((row, at) => posted(row, `${name}.${at}`)))
  if (data !== null && typeof data === 'object') {
    return Object.assign({}, ...Object.entries(data).map(([key, value]) => posted(value, name ? `${name}.${key}` : key)))
  }
  const day = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(data)
  if (day && typeof data === 'string') {
    return { [`${name}.y`]: [day[1]], [`${name}.m`]: [day[2] || ''], [`${name}.d`]: [day[3] || ''] }
  }
  if (data === 'unknown') return { [name]: ['unknown'], [`${name}.u`]: ['1'] }
  return { [name]: [typeof data === 'number' ? String(data).replace('.', ',') : data] }
}

for (const one of cases) {
  const today = Number(one.today.replaceAll('-', ''))
  test(one.name, () => assert.equal(broken(one.relation, posted(one.data), today), one.broken))
}
