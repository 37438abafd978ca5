import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse as parseScript } from 'acorn'
import * as cssTree from 'css-tree'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { parseScreenplay } from '../../../src/renderer/controller/desk/screenplay.ts'
import { lineLook } from '../../../src/shared/line-look.ts'
import { parseMarkup } from '../../../src/shared/markup/parse.ts'
import { readFragment } from '../../../src/shared/markup/sanitise.ts'
import { publishInput } from '../../../src/shared/message.ts'
import { themeFile } from '../../../src/shared/theme.ts'
import * as client from '../../../src/sse-client/index.ts'
import { blocks, named, read, root, tableRows } from './markdown.ts'

test('TypeScript and JavaScript are right by the types of our library', async () => {
  const code = [...blocks('ts'), ...blocks('js')]
  expect(code.length).toBeGreaterThan(5)
  await mkdir(join(root, '.cache'), { recursive: true })
  // Within the project, so that modules are found.
  const dir = await mkdtemp(join(root, '.cache/docs-'))
  try {
    for (const [at, block] of code.entries()) {
      const ending = block.language === 'js' ? 'mjs' : 'mts'
      await writeFile(
        join(dir, `${at}.${ending}`),
        `// ${block.page}:${block.line}\nexport {}\n${block.code}`,
      )
    }
    const ours = ['../../src/sse-client/index.ts']
    const compilerOptions = {
      noEmit: true,
      composite: false,
      emitDeclarationOnly: false,
      incremental: false,
      noUnusedLocals: false,
      lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
      types: ['node'],
      // JavaScript has no types of its own to give.
      allowJs: true,
      checkJs: true,
      noImplicitAny: false,
      paths: { '@streaming-message/sse-client': ours },
    }
    const config = { extends: '../../tsconfig.base.json', compilerOptions, include: ['*.mts', '*.mjs'] }
    await writeFile(join(dir, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', dir], { cwd: root }).catch(
      error => error as { stdout: string },
    )
    const where = stdout.replace(/\S*?(\d+)\.m[tj]s/g, (_, at) => `${code[at]!.page}:${code[at]!.line}`)
    expect(where).toBe('')
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
})

describe('HTML', () => {
  test.each(named(blocks('html')))('%s: its script is ES5 and calls what there is', (_, { code }) => {
    for (const [, source] of code.matchAll(/src="([^"]+)"/g)) {
      expect(read('scripts/build-client.ts')).toContain(`'${source}'`)
    }
    for (const [, script] of code.matchAll(/<script>([\s\S]*?)<\/script>/g)) {
      parseScript(script!, { ecmaVersion: 5 })
      for (const [, name] of script!.matchAll(/SSEClient\.(\w+)/g))
        expect(Object.keys(client)).toContain(name)
    }
  })
})

describe('CSS', () => {
  const player = globSync('src/renderer/player/**/*.{ts,css}', { cwd: root }).map(read).join('\n')

  test.each(named(blocks('css')))('%s: is valid, and names what the player has', (_, { code }) => {
    const tree = cssTree.parse(code, {
      onParseError(error) {
        throw error
      },
    })
    cssTree.walk(tree, node => {
      if (node.type === 'ClassSelector') expect(player).toContain(node.name)
      if (node.type === 'Declaration' && node.property.startsWith('--'))
        expect(player).toContain(node.property)
    })
  })
})

describe('JSON', () => {
  const accepts = (schema: z.ZodType) => (text: string) => void schema.parse(JSON.parse(text))
  /** What a block is, by its page and what it begins with. */
  const KINDS: [page: string, begins: string, check: (text: string) => void][] = [
    [
      'docs/markup.md',
      '{ "text"',
      text => {
        for (const line of text.trim().split('\n'))
          expect(readFragment(JSON.parse(line))).toEqual(JSON.parse(line))
      },
    ],
    ['docs/themes.md', '{\n  "kind": "streaming-message/theme"', accepts(themeFile)],
    [
      'docs/themes.md',
      '{ "speaker"',
      text => {
        const { data } = publishInput.parse(JSON.parse(text))
        lineLook.parse((data as { look: unknown }).look)
      },
    ],
  ]

  test.each(named(blocks('json')))('%s: passes the schema that it is for', (_, { page, code }) => {
    const kind = KINDS.find(([of, begins]) => of === page && code.startsWith(begins))
    expect(kind, 'a kind in KINDS').toBeDefined()
    // What a page leaves out of an address; a theme is imported as it stands there.
    kind![2](page === 'docs/themes.md' && code.includes('"kind"') ? code : code.replaceAll('…', 'example'))
  })
})

describe('markup', () => {
  /** Text that shows a bracket or brace was not understood. */
  const leftovers = (source: string) =>
    parseMarkup(source, { isEmote: () => true }).flatMap(fragment =>
      'text' in fragment ? (fragment.text.match(/\[[^\]]*\]|\{[^}]*\|[^}]*\}/g) ?? []) : [],
    )

  test.each(named(blocks('markup')))('%s: all of it is understood', (_, { code }) => {
    expect(leftovers(code)).toEqual([])
  })

  const typed = tableRows('docs/markup.md').flatMap(([cell]) =>
    [...cell!.matchAll(/`([^`]+)`/g)].map(match => match[1]!.replaceAll('\\|', '|')),
  )
  test.each(typed.filter(one => /^[[{:]/.test(one)))('docs/markup.md, tables: %s', source => {
    // A pair is shown as `[b]…[/b]`; `…` in an address stands for the rest of it.
    const written = source.replace('https://…', 'https://example.org/a.png')
    expect(leftovers(/\]…/.test(written) ? written : `${written}x`)).toEqual([])
  })
})

describe('screenplays', () => {
  test.each(named(blocks('screenplay')))('%s: each line has its speaker', (_, { code }) => {
    const lines = parseScreenplay(code)
    expect(lines).toHaveLength(code.trim().split('\n').length)
    for (const { speaker, text } of lines) expect(code).toContain(`${speaker}: ${text}`)
  })
})

describe('drawings', () => {
  test.each(named(blocks('mermaid')))('%s: every arrow joins boxes that are drawn', (_, { code }) => {
    expect(code).toMatch(/^flowchart (?:LR|TB)\n/)
    expect(code.match(/^\s*subgraph /gm)?.length ?? 0).toBe(code.match(/^\s*end$/gm)?.length ?? 0)
    const plain = code.replace(/"[^"]*"/g, '')
    const drawn = new Set([...plain.matchAll(/\b(\w+)[[({]/g)].map(match => match[1]))
    for (const [, group] of plain.matchAll(/^\s*subgraph (\w+)/gm)) drawn.add(group)
    for (const line of plain.split('\n').filter(one => one.includes('-->'))) {
      const ends = line.replace(/[[({]+[\])}]+/g, '').split(/-->(?:\|[^|]*\|)?/)
      for (const name of ends.flatMap(end => end.split('&'))) expect([...drawn]).toContain(name.trim())
    }
  })

  test.each(named(blocks('ebnf')))('%s: each rule is made once, and used by another', (_, { code }) => {
    const rules = [...code.matchAll(/^([\w-]+)\s*=(.*)/gm)].map(([, name, right]) => ({
      name: name!,
      // Neither what is to be typed nor what is said about it.
      words: right!.replace(/"[^"]*"|'[^']*'/g, '').match(/[a-z][\w-]*/g) ?? [],
    }))
    expect(new Set(rules.map(rule => rule.name)).size).toBe(rules.length)
    const used = new Set(rules.flatMap(rule => rule.words.filter(word => word !== rule.name)))
    // The first is where reading begins.
    expect(rules.slice(1).filter(rule => !used.has(rule.name))).toEqual([])
  })
})
