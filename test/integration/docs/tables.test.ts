import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { environment } from '../../../src/main/server/config.ts'
import { startTestServer, type TestServer } from '../../support/server.ts'
import { blocks, inlineCode, pages, read, root, tableRows } from './markdown.ts'

const defaults = environment.parse({}) as Record<string, string | number | boolean | undefined>
const names = Object.keys(environment.shape)
/** The seed's name for API_TOKEN: taken, and told of beside it. */
const OLD_NAMES = ['TEMP_AVAILABLE_TOKEN']
/** Differ from machine to machine, so the file says in words what happens without them. */
const OWN_WAY = ['DATA_DIR', 'HOST']

describe('settings', () => {
  const listed = new Map(
    [...read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]),
  )

  test('.env.example has them all, and nothing else', () => {
    const own = names.filter(name => !OLD_NAMES.includes(name))
    expect([...listed.keys()].sort()).toEqual(own.sort())
    for (const name of OLD_NAMES) expect(read('.env.example')).toContain(name)
  })

  test.each([...listed].filter(([name]) => !OWN_WAY.includes(name)))(
    '.env.example: %s=%s is the default',
    (name, value) => {
      expect(value).toBe(String(defaults[name] ?? ''))
    },
  )

  test('the whole file, as it is, is taken', () => {
    const given = Object.fromEntries([...listed].filter(([, value]) => value !== ''))
    expect(environment.safeParse(given).success).toBe(true)
  })

  const rows = pages.flatMap(page =>
    tableRows(page)
      .filter(([name]) => /^`[A-Z][A-Z_]+`/.test(name!) && names.includes(name!.match(/[A-Z_]+/)![0]))
      .map(([name, value]) => [page, name!, value!] as const),
  )
  test.each(rows)('%s: the table’s default of %s is %s', (_, cell, value) => {
    const variables = [...cell.matchAll(/[A-Z_]+/g)].map(match => match[0])
    const written = value.replace(/\([^)]*\)/g, '').replace(/(\d),(?=\d{3})/g, '$1')
    const values = variables.length > 1 ? written.split(',') : [written]
    for (const [at, name] of variables.entries()) {
      const own = defaults[name]
      // One that is made at the first start is told in words.
      if (own !== undefined) expect(values[at]!.replaceAll('`', '').trim()).toBe(String(own))
      else expect(values[at]!.trim()).toMatch(/[a-z–]/)
    }
  })

  /** Names in capitals that are no setting of the server. */
  const OTHERS = [
    ...[
      'NODE_ENV',
      'NODE_EXTRA_CA_CERTS',
      'DISPLAY',
      'WAYLAND_DISPLAY',
      'POSTGRES_PASSWORD',
      'REDIS_PASSWORD',
      'CHROMIUM_PATH',
    ],
    // The docs' own, in shell lines; the seed's.
    ...['SM', 'SM_TOKEN', 'SM_URL', 'SM_ROOM', 'TMP_SSE_API', 'TMP_SSE_TOKEN'],
    // Of the tests and of the examples.
    ...[
      'TEST_BUILT',
      'STAND_IN_PLATFORM',
      'HOSTILE_REQUESTS',
      'HOSTILE_DATABASE_URL',
      'BILIBILI_COOKIE',
      'OPENAI_API_KEY',
    ],
    // HTTP, SQL, signals, Unicode.
    ...['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'SIGTERM', 'SIGKILL', 'FULL', 'CR', 'LF', 'NUL'],
  ]
  test.each(pages)('%s: every setting that it names is one', page => {
    const named = inlineCode(page).flatMap(code =>
      /^[A-Z][A-Z_]+(?:=\S*)?$/.test(code) ? [code.split('=')[0]!] : [],
    )
    for (const name of named) expect([...names, ...OTHERS], `${page} names ${name}`).toContain(name)
  })
})

describe('the command line', () => {
  const help = () =>
    promisify(execFile)(process.execPath, [resolve(root, 'src/main/headless.ts'), '--help'], {
      env: { PATH: process.env.PATH },
    })

  test('docs/deployment.md lists what --help does', async () => {
    const { stdout } = await help()
    const told = [...stdout.matchAll(/^ {2}(--[a-z]+ [A-Z]+)/gm)].map(match => match[1]!)
    expect(told.length).toBeGreaterThan(2)
    const rows = tableRows('docs/deployment.md').flatMap(([cell]) => cell!.match(/--[a-z]+ [A-Z]+/g) ?? [])
    expect(rows.sort()).toEqual(told.sort())
  })

  test('every option of `npm run serve` and `npm start` in the docs is one', async () => {
    const { stdout } = await help()
    const text = pages.flatMap(page => [...inlineCode(page), ...blocks('sh', [page]).map(({ code }) => code)])
    for (const line of text.flatMap(code => code.split('\n'))) {
      if (!/^npm (?:run serve|start) -- /.test(line)) continue
      for (const [flag] of line.matchAll(/--[a-z]+/g)) expect(stdout).toContain(flag)
    }
  })
})

describe('routes', () => {
  let server: TestServer
  let routes: { method: string; path: RegExp; example: string }[]
  beforeAll(async () => {
    server = await startTestServer()
    const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>
    }
    routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => ({
        method: method.toUpperCase(),
        example: path,
        path: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
      })),
    )
  })
  afterAll(() => server.dispose())

  test.each(pages)('%s: every route that it names is one', page => {
    for (const code of inlineCode(page)) {
      const match = /^(?:([A-Z/]+) )?(\/api\/v1\/[^\s?]*)/.exec(code)
      if (!match) continue
      // `/api/v1/rooms[/:room]` is two routes; `{a,b}` is several; `…` and `:id` are parameters.
      const [, methods, path] = match
      const wholes = /\[.*\]/.test(path!)
        ? [path!.replace(/\[.*\]/, ''), path!.replace(/[[\]]/g, '')]
        : [path!]
      for (const whole of wholes) {
        const written = whole.replace(/[<>]/g, '')
        const fitting = routes.filter(route =>
          written.endsWith('/…') ? route.example.startsWith(written.slice(0, -1)) : route.path.test(written),
        )
        expect(fitting.length, `${page} names ${code}`).toBeGreaterThan(0)
        for (const method of methods?.split('/') ?? []) {
          expect(
            fitting.map(route => route.method),
            `${page} names ${code}`,
          ).toContain(method)
        }
      }
    }
  })

  test('docs/api.md names every part of the API', async () => {
    const { tags } = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      tags: { name: string }[]
    }
    const text = read('docs/api.md').toLowerCase()
    for (const { name } of tags) expect(text).toContain(name.toLowerCase())
  })
})
