import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { SERVER_FLAGS } from '../../../scripts/run.ts'
import { environment } from '../../../src/main/server/config.ts'
import { startTestProxy } from '../../support/nginx.ts'
import { freePort } from '../../support/ports.ts'
import { startTestServer } from '../../support/server.ts'
import { blocks, named, read, root } from './markdown.ts'

const run = promisify(execFile)
const settings = [...Object.keys(environment.shape), 'NODE_ENV']

async function inTemporaryFolder<T>(use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'streaming-message-deploy-'))
  try {
    return await use(dir)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

describe('systemd units', () => {
  test.each(named(blocks('ini')))('%s: names what is there', async (_, { code }) => {
    const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(code)?.[1] ?? ''
    const home = value('WorkingDirectory')
    const [program, ...words] = value('ExecStart').split(' ')
    const entry = words.pop()
    expect(words).toEqual(SERVER_FLAGS)
    expect(existsSync(resolve(root, program!.slice(home.length + 1)))).toBe(true)
    // Made by the build: its source stands for it.
    expect(entry).toBe('out/main/headless.js')
    expect(existsSync(resolve(root, 'src/main', `${basename(entry!, '.js')}.ts`))).toBe(true)
    for (const [name] of value('Environment').matchAll(/[A-Z_]+(?==)/g)) expect(settings).toContain(name)
  })

  const analyze = '/usr/bin/systemd-analyze'
  test.runIf(existsSync(analyze)).each(named(blocks('ini')))(
    '%s: systemd reads it without a complaint',
    (_, { code }) =>
      inTemporaryFolder(async dir => {
        const file = join(dir, 'streaming-message.service')
        // The user and the folders are those of the machine it is put on.
        await writeFile(
          file,
          code.replaceAll('/opt/streaming-message', root).replace(/^User=.*$/m, 'User=root'),
        )
        const { stderr } = await run(analyze, ['verify', '--man=no', file]).catch(error => error)
        expect(stderr.split('\n').filter((line: string) => line.includes('streaming-message'))).toEqual([])
      }),
  )
})

describe('proxies', () => {
  /** A picture may have 64 MiB, a backup more: a proxy's own limit would refuse them with a page of its own. */
  test('nginx leaves the sizes of bodies to the server', async () => {
    for (const { code } of blocks('nginx')) expect(code).toMatch(/^ *client_max_body_size 0;$/m)
    const server = await startTestServer()
    const proxy = await startTestProxy([server.url])
    try {
      const body = Buffer.alloc(24 * 1024 * 1024)
      const answer = await fetch(`${proxy.url}/api/v1/assets?name=large`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${server.token}` },
        body,
      })
      expect(await answer.json()).toMatchObject({ code: 413, error: 'too-large' })
    } finally {
      await proxy.dispose()
      await server.dispose()
    }
  })

  test.each(named(blocks('nginx')))('%s: nginx takes it', (_, { code }) =>
    inTemporaryFolder(async dir => {
      await run('openssl', [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...[
          '-subj',
          '/CN=stream.example.org',
          '-keyout',
          join(dir, 'key.pem'),
          '-out',
          join(dir, 'cert.pem'),
        ],
      ])
      const server = code
        .replace(/listen 443/, `listen 127.0.0.1:${await freePort()}`)
        .replace(/\/\S+fullchain\.pem/, join(dir, 'cert.pem'))
        .replace(/\/\S+privkey\.pem/, join(dir, 'key.pem'))
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        name => `${name}_temp_path ${dir}/${name};`,
      )
      await writeFile(
        join(dir, 'nginx.conf'),
        `user root; pid ${dir}/pid; events {}\nhttp { access_log off; ${temporary.join(' ')}\n${server}\n}`,
      )
      // It ends with 1, and says why, where a line is wrong.
      await run('/usr/sbin/nginx', ['-t', '-c', join(dir, 'nginx.conf'), '-p', dir, '-e', 'stderr'])
    }),
  )

  // Debian has no Caddy of the version that the page is for: its directives are compared with those we know.
  test.each(named(blocks('caddy')))('%s: braces and directives', (_, { code }) => {
    expect(code.match(/\{/g)).toHaveLength(code.match(/\}/g)!.length)
    const directives = code.match(/^\s+(\w+)/gm)!.map(one => one.trim())
    expect(directives).toEqual(['reverse_proxy', 'flush_interval'])
  })
})

interface Compose {
  services: Record<
    string,
    {
      build?: string
      image?: string
      environment?: Record<string, string>
      volumes?: string[]
      depends_on?: Record<string, unknown>
    }
  >
  volumes?: Record<string, unknown>
}

describe.each(['compose.yaml', 'compose.cluster.yaml'])('%s', file => {
  const { services, volumes = {} } = parse(read(file)) as Compose

  test('its services name each other, volumes and files that are there', () => {
    for (const [name, service] of Object.entries(services)) {
      expect(service.build ?? service.image, name).toBeTruthy()
      for (const other of Object.keys(service.depends_on ?? {})) expect(services).toHaveProperty(other)
      for (const source of (service.volumes ?? []).map(one => one.split(':')[0]!)) {
        if (source.startsWith('./')) expect(existsSync(resolve(root, source)), source).toBe(true)
        else expect(volumes).toHaveProperty(source)
      }
    }
  })

  test('our own servers get settings that they have', () => {
    const ours = Object.values(services).filter(service => service.build)
    expect(ours.length).toBeGreaterThan(0)
    for (const { environment: given } of ours) {
      for (const name of Object.keys(given ?? {})) expect(settings).toContain(name)
    }
  })
})

test('the Dockerfile copies and starts what is there', async () => {
  const text = await readFile(resolve(root, 'Dockerfile'), 'utf8')
  for (const [, variables] of text.matchAll(/^ENV (.*)$/gm)) {
    for (const [name] of variables!.matchAll(/[A-Z_]+(?==)/g)) expect(settings).toContain(name)
  }
  for (const [, sources] of text.matchAll(/^COPY (?!--from)(.*) \S+$/gm)) {
    for (const source of sources!.split(' ')) expect(existsSync(resolve(root, source)), source).toBe(true)
  }
  for (const [, script] of text.matchAll(/node (scripts\/\S+)/g))
    expect(existsSync(resolve(root, script!))).toBe(true)
  // Ours to run as: a number or name of the base image, never root.
  expect(text).toMatch(/^USER node$/m)
})
