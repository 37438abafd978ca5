import { expect, test } from 'vitest'
import type { Frame } from '../stage/frame.ts'
import { createOverflow } from './overflow.ts'

/** A box of 300 x 100 px whose letters are 20 px high; `layouts` counts how often its text was laid out. */
function box() {
  let fit = 1
  let width = 0
  const counts = { layouts: 0 }
  const text = {
    textContent: '',
    firstChild: null as object | null,
    style: {
      transform: '',
      setProperty: (_: string, value: string) => {
        fit = Number(value)
      },
      removeProperty: () => {
        fit = 1
      },
    },
    get scrollHeight() {
      counts.layouts++
      return Math.ceil((this.textContent.length * width * fit) / 300) * 20 * fit
    },
  }
  const body = { clientHeight: 100, dataset: {} as Record<string, string> }
  const overflow = createOverflow({ body, text } as unknown as Frame)
  return {
    /** @returns the size, whether it is too long even so, and how often it was laid out. */
    put(length: number, letterWidth: number) {
      text.textContent = 'x'.repeat(length)
      text.firstChild = length > 0 ? {} : null
      width = letterWidth
      counts.layouts = 0
      overflow.fit('fit')
      return { fit, isTooLong: body.dataset.overflow === 'fit', layouts: counts.layouts }
    },
  }
}

test('an empty box is not laid out', () => {
  expect(box().put(0, 20)).toEqual({ fit: 1, isTooLong: false, layouts: 0 })
})

test('text is shrunk until it fits, and no further than it can be read', () => {
  const { put } = box()
  expect(put(70, 20)).toMatchObject({ fit: 1, isTooLong: false })
  const fitted = put(120, 20)
  expect(fitted.isTooLong).toBe(false)
  expect(fitted.fit).toBeGreaterThan(0.6)
  expect(fitted.fit).toBeLessThan(0.9)
  expect(put(1_000, 20)).toMatchObject({ fit: 0.55, isTooLong: true })
})

test('text as long as one that was hopeless is laid out once; narrow letters get the size that they would have had', () => {
  const { put } = box()
  const first = put(1_000, 20)
  const again = put(1_000, 20)
  expect(again).toMatchObject({ fit: first.fit, isTooLong: true })
  expect(again.layouts).toBe(1)
  const narrow = put(1_000, 2)
  expect(narrow).toMatchObject({ isTooLong: false, fit: box().put(1_000, 2).fit })
})
