import { expect, test } from 'vitest'
import { resources } from '../../../src/renderer/controller/i18n/words/index.ts'
import { pages, read } from './markdown.ts'

/** Where a way through the controller begins, with the arrow of the language. OBS has settings of its own. */
const WAY =
  /(?<!Server )(?:Settings|Share|Look|Live|设置|分享|外观|設定|共有)(?: → ?[^→\n]+?)*? → ?(?:_([^_]+)_|\*{1,2}([^*]+)\*{1,2}|[“「]([^”」]+)[”」])/g

/** Every word of the controller, without what is filled in. */
const words = new Set(
  Object.values(resources).flatMap(({ translation }) =>
    Object.values(translation).flatMap(section => Object.values(section as Record<string, string>)),
  ),
)

const labels = pages.flatMap(page =>
  [...read(page).matchAll(WAY)].map(
    ([, ...names]) => [page, names.find(name => name !== undefined)!] as const,
  ),
)

test('the pages do name places of the controller', () => {
  expect(labels.length).toBeGreaterThan(12)
  expect(labels.map(([page]) => page)).toEqual(
    expect.arrayContaining(['README.zh-CN.md', 'README.ja.md', 'docs/guide.md']),
  )
})

test.each(labels)('%s: there is “%s” in the controller', (_page, label) => {
  expect([...words]).toContain(label)
})
