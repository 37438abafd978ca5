import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const pages = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md', 'src/**/*.md'], { cwd: root }).sort()
const read = (page: string) => readFileSync(resolve(root, page), 'utf8')

/** The code blocks of these languages, with the language. */
function codeBlocks(text: string): { language: string; code: string }[] {
  return [...text.matchAll(/^[ ]*```(\w*)[^\n]*\n([\s\S]*?)^[ ]*```/gm)].map(([, language, code]) => ({
    language: language!,
    code: code!,
  }))
}

function withoutCode(text: string): string {
  return text.replace(/^[ ]*```[\s\S]*?^[ ]*```/gm, '').replace(/`[^`\n]*`/g, '')
}

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

describe('links', () => {
  test.each(pages)('%s: every link within the project leads somewhere', page => {
    const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1]!)
    for (const link of links.filter(one => !/^[a-z]+:/.test(one))) {
      const [path, anchor] = link.split('#')
      const target = path ? resolve(root, dirname(page), path) : resolve(root, page)
      expect(existsSync(target), `${page} links to ${link}`).toBe(true)
      if (!anchor || !target.endsWith('.md')) continue
      const headings = [...withoutCode(readFileSync(target, 'utf8')).matchAll(/^#+ (.+)$/gm)].map(
        match => match[1]!,
      )
      expect(headings.map(anchorOf), `${page} links to ${link}`).toContain(anchor)
    }
  })
})

describe('what is to be typed', () => {
  const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts

  test.each(pages)('%s: every npm script it names exists', page => {
    const named = [...read(page).matchAll(/npm run (?:-s |--silent )?([\w:-]+)/g)].map(match => match[1]!)
    for (const name of named) expect(Object.keys(scripts), `${page} says npm run ${name}`).toContain(name)
  })

  test('every file that a command of the examples names exists', () => {
    for (const page of pages) {
      for (const [, file] of read(page).matchAll(/(examples\/[\w/-]+\.(?:ts|sh|ps1))/g)) {
        expect(existsSync(resolve(root, file!)), `${page} names ${file}`).toBe(true)
      }
    }
  })
})

describe('curl lines', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ env: { API_TOKEN: 'token-of-the-docs' } })
  })
  afterAll(() => server.dispose())

  /** Commands of a shell block: lines joined where they end with a backslash, comments and exports left out. */
  const commands = [
    'README.md',
    'README.zh-CN.md',
    'README.ja.md',
    'docs/api.md',
    'docs/from-echo-live.md',
  ].flatMap(page =>
    codeBlocks(read(page))
      .filter(({ language }) => language === 'sh')
      .flatMap(({ code }) => code.replace(/\\\n\s*/g, ' ').split('\n'))
      .map(line => line.trim())
      .filter(line => line.startsWith('curl '))
      .map(line => [page, line] as const),
  )

  test('there are some', () => {
    expect(commands.length).toBeGreaterThan(15)
  })

  test.each(commands)('%s: %s', async (_page, line) => {
    const stream = line.startsWith('curl -N')
    const command = line.replaceAll('http://localhost:8000', server.url)
    const { stdout } = await run(
      'sh',
      ['-c', stream ? `${command} -s --max-time 2 || true` : `${command} -s`],
      {
        env: {
          PATH: process.env.PATH,
          SM: server.url,
          SM_TOKEN: server.token,
          TMP_SSE_API: server.url,
          TMP_SSE_TOKEN: server.token,
        },
      },
    )
    if (stream) expect(stdout).toContain('"type":"hello"')
    else expect(JSON.parse(stdout)).toMatchObject({ success: true })
  })
})
