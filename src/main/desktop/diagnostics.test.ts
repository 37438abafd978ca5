import { expect, it } from 'vitest'
import { withoutSecrets } from './diagnostics.ts'

it.each([
  ['GET /api/v1/events?token=abc123&room=lobby', 'GET /api/v1/events?token=…&room=lobby'],
  ['Authorization: Bearer abc.def', 'Authorization: Bearer …'],
  ['obs password="hunter2"', 'obs password="…"'],
  ['jwt eyJhbGciOi.eyJzdWIi.c2ln done', 'jwt … done'],
  ['player /lobby?key=secret', 'player /lobby?key=…'],
])('takes secrets out of %s', (text, clean) => {
  expect(withoutSecrets(text)).toBe(clean)
})
