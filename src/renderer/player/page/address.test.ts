import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../../../test/support/any-text.ts'
import { readAddress } from './address.ts'

const read = (pathname: string, search = '') => readAddress({ pathname, search })

test.each([
  ['/', { room: '', history: false }],
  ['/Lobby', { room: 'lobby', history: false }],
  ['/lobby/history', { room: 'lobby', history: true }],
  ['/%E6%88%BF', { room: '房', history: false }],
  ['/%', { room: '%', history: false }],
])('%s', (pathname, expected) => {
  expect(read(pathname)).toMatchObject(expected)
})

test('the query says how it looks', () => {
  expect(read('/a', '?theme=glass&variant=smoke&layout=chat&scale=1.5&label=left&mute&key=k')).toEqual({
    room: 'a',
    history: false,
    look: { theme: 'glass', variant: 'smoke', layout: 'chat', scale: 1.5 },
    backlog: {},
    label: 'left',
    mute: true,
    key: 'k',
  })
})

test('of the history it says the order, the side, and what is left out', () => {
  const { backlog } = read('/a/history', '?order=newest&mirrored&names=0&times=false')
  expect(backlog).toEqual({ newestFirst: true, mirrored: true, names: false, times: false })
  expect(read('/a/history', '?order=oldest&mirrored=0&names').backlog).toEqual({
    newestFirst: false,
    mirrored: false,
    names: true,
  })
  expect(read('/a/history', '?appear=typed').backlog).toEqual({ appear: 'typed' })
  expect(read('/a/history', '?order=up&appear=never').backlog).toEqual({})
})

test('what makes no sense counts as not said', () => {
  expect(read('/a', '?theme=../x&variant=%22&layout=cube&scale=99&mute=0')).toMatchObject({
    look: {},
    mute: false,
  })
})

test('no address makes it throw', () => {
  fc.assert(
    fc.property(anyText(), fc.string(), (pathname, search) => {
      expect(typeof read(`/${pathname}`, search).room).toBe('string')
    }),
  )
})
