import { expect, test } from 'vitest'
import { readMessage } from '../../../../../shared/markup/read-message.ts'
import { pictureTag } from './picture-tag.ts'

test('the tag is read as the picture that was meant', () => {
  const look = { height: 2, margin: 0.25, alt: 'a "cat" [b] \\ c', pixelated: true }
  const message = `a${pictureTag('/api/v1/assets/1f', look)}b`
  expect(readMessage({ message })[0]!.fragments).toEqual([
    { text: 'a' },
    {
      image: {
        url: '/api/v1/assets/1f',
        height: 2,
        marginLeft: 0.25,
        marginRight: 0.25,
        pixelated: true,
        alt: 'a "cat"  b  \\ c',
      },
    },
    { text: 'b' },
  ])
})
