import { expect, test } from 'vitest'
import { sniffImage } from './sniff.ts'

const bytes = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))

test.each([
  ['\x89PNG\r\n\x1a\n\0\0', 'image/png'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['GIF89a...', 'image/gif'],
  ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
  ['\0\0\0\x20ftypavif\0\0\0\0', 'image/avif'],
])('%j', (start, type) => {
  expect(sniffImage(bytes(start))).toBe(type)
})

test.each(['', '<svg xmlns="http://www.w3.org/2000/svg">', '<html>', 'RIFF\0\0\0\0WAVE', '\x89PNG'])(
  'no picture: %j',
  start => {
    expect(sniffImage(bytes(start))).toBeNull()
  },
)
