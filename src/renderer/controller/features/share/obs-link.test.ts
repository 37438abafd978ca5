import { expect, test } from 'vitest'
import { obsDragUrl } from './obs-link.ts'

test('the link that is dragged into OBS carries name and size', () => {
  expect(obsDragUrl('http://localhost:8000/stage?key=a+b', 'Streaming Message')).toBe(
    'http://localhost:8000/stage?key=a+b&layer-name=Streaming+Message&layer-width=1920&layer-height=1080',
  )
})
