import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../../..')

export const read = (page: string) => readFileSync(resolve(root, page), 'utf8')

/** Every page of ours, by its path from the root. */
export const pages = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md', 'src/**/*.md'], {
  cwd: root,
}).sort()

export interface Block {
  page: string
  /** Line of the page on which its code begins. */
  line: number
  language: string
  code: string
}

const FENCE = /^([ ]*)```(\S*)[^\n]*\n([\s\S]*?)^[ ]*```/gm

/** The code blocks of these pages (of all, where none is named) in this language (in any, where none is named). */
export function blocks(language?: string, of: readonly string[] = pages): Block[] {
  return of.flatMap(page => {
    const text = read(page)
    return [...text.matchAll(FENCE)]
      .map(({ index, 1: indent, 2: name, 3: code }) => ({
        page,
        line: text.slice(0, index).split('\n').length + 1,
        language: name!,
        code: code!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      }))
      .filter(block => language === undefined || block.language === language)
  })
}

/** For `test.each`: `docs/api.md:12`. */
export const named = (found: Block[]) => found.map(block => [`${block.page}:${block.line}`, block] as const)

export function withoutCode(text: string): string {
  return text.replace(FENCE, '').replace(/`[^`\n]*`/g, '')
}

/** What stands in backticks within the text of a page. */
export function inlineCode(page: string): string[] {
  return [
    ...read(page)
      .replace(FENCE, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map(match => match[1]!)
}

/** Rows of the page's tables, cell by cell, without their heads. */
export function tableRows(page: string): string[][] {
  return read(page)
    .replace(FENCE, '')
    .split('\n')
    .filter(line => /^\s*\|.*\|\s*$/.test(line) && !/^[\s|:-]+$/.test(line))
    .map(line =>
      line
        .trim()
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map(cell => cell.trim()),
    )
}
