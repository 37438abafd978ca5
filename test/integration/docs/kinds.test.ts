import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { blocks, named, pages, read } from './markdown.ts'

/** Who checks the blocks of a language. A block in another one, or in none, fails: nothing is there to read only. */
const CHECKED_IN: Record<string, string> = {
  sh: 'shell.test.ts',
  powershell: 'shell.test.ts',
  ini: 'deploy.test.ts',
  nginx: 'deploy.test.ts',
  caddy: 'deploy.test.ts',
  js: 'code.test.ts',
  ts: 'code.test.ts',
  html: 'code.test.ts',
  css: 'code.test.ts',
  json: 'code.test.ts',
  markup: 'code.test.ts',
  screenplay: 'code.test.ts',
  mermaid: 'code.test.ts',
  ebnf: 'code.test.ts',
}

/** Drawings in letters: there is nothing in them to run. By their first line. */
const DRAWINGS = ['clients ── proxy ──┬── server A ──┐']

const REPORT = 'docs/performance.md'

test.each(named(blocks()))('%s is of a kind that a test runs or reads', (_, { page, language, code }) => {
  if (language === 'text') {
    // What the benchmarks printed, which write that page.
    if (page === REPORT) return
    expect(DRAWINGS).toContain(code.split('\n')[0])
    return
  }
  expect(Object.keys(CHECKED_IN)).toContain(language)
  expect(existsSync(resolve(import.meta.dirname, CHECKED_IN[language]!))).toBe(true)
})

test.each(pages)('%s: code stands in fences, not indented', page => {
  const text = read(page).replace(/^( *)```[\s\S]*?^ *```/gm, '')
  expect(text).not.toMatch(/(?:^|[^\n:;,.-])\n\n {4}\S/)
  expect(text).not.toContain('```')
})
