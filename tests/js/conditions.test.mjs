// The browser's half of the table of conditions; the server's is in tests/unit/kit/test_conditions.py.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { holds, numberOf } from '../../src/motcua/web/kit/assets/js/conditions.js'

const cases = JSON.parse(readFileSync(new URL('conditions.json', import.meta.url), 'utf8'))

for (const one of cases) {
  test(one.name, () => assert.equal(holds(one.condition, name => one.posted[name] || []), one.holds))
}

test('numbers are read as the server reads them', () => {
  const read = { '85,125': 85.125, '0.375': 0.375, '85.125': 85125, '15 000': 15000, '1.234,5': 1234.5, '-3': -3, hai: null, '1.2.3': null }
  for (const [text, value] of Object.entries(read)) assert.equal(numberOf(text), value, text)
})
