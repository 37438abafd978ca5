import { expect, test } from 'vitest'
import { blocks, inlineCode, read } from './markdown.ts'

const LANGUAGES = ['README.md', 'README.zh-CN.md', 'README.ja.md']

/** What is the same in every language: commands, links, how much of what there is. */
function skeleton(page: string) {
  const text = read(page)
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1]!)
  return {
    // Comments are words.
    code: blocks(undefined, [page]).map(({ code }) => code.replace(/ *#.*$/gm, '')),
    links: links.filter(link => !link.startsWith('README')).sort(),
    pictures: [...text.matchAll(/src="([^"]+)"/g)].map(match => match[1]!),
    headings: [...text.matchAll(/^(#+) /gm)].map(match => match[1]!.length),
    items: text.match(/^(?:\d+\.|-) /gm)?.length ?? 0,
    inline: inlineCode(page)
      .filter(code => /^[\x20-\x7e]+$/.test(code) && !code.includes('<'))
      .sort(),
  }
}

test.each(LANGUAGES.slice(1))('%s says what README.md says', page => {
  expect(skeleton(page)).toEqual(skeleton('README.md'))
})

test.each(LANGUAGES)('%s is no longer than a screen and a half', page => {
  // A line of text holds some 110 Latin characters, or half as many Chinese ones, at GitHub's width.
  const width = (line: string) => [...line].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0)
  const lines = read(page)
    .split(/\n(?=\n)/)
    .reduce((sum, part) => sum + Math.ceil(width(part.trim()) / 110) + 0.6, 0)
  expect(lines).toBeLessThan(60)
})
