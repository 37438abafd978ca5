import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { SERVER_FLAGS } from '../../scripts/run.ts'
import { startTestRedis } from '../support/redis.ts'

/** The container files without a container engine: what they name exists, and what they run is run as it stands. */
const root = resolve(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(root, name), 'utf8')
const exists = (path: string) => existsSync(join(root, path))
const work = mkdtempSync(join(tmpdir(), 'streaming-message-image-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

interface Instruction {
  name: string
  rest: string
}
interface Service {
  image?: string
  build?: string
  command?: string[]
  environment?: Record<string, string>
  volumes?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[] }
}

/** The stages of the Dockerfile, each with its instructions. */
const stages = read('Dockerfile')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter(line => /^[A-Z]+ /.test(line.trim()))
  .map((line): Instruction => ({ name: line.split(' ')[0]!, rest: line.replace(/^\S+\s+/, '') }))
  .reduce<Instruction[][]>((all, one) => {
    if (one.name === 'FROM') all.push([])
    all.at(-1)!.push(one)
    return all
  }, [])
const nameOf = (stage: Instruction[]) => / AS (\w+)$/.exec(stage[0]!.rest)?.[1] ?? ''
const final = stages.at(-1)!
const only = (name: string) => final.filter(one => one.name === name).map(one => one.rest)

const ignored = read('.dockerignore').split('\n').filter(Boolean)
const reachesTheEngine = (path: string) => exists(path) && !ignored.includes(path.split('/')[0]!)

test('each step of the Dockerfile finds its files', () => {
  expect(stages.map(nameOf)).toEqual(['build', 'modules', ''])
  for (const { name, rest } of stages.flat()) {
    if (name === 'COPY' && !rest.startsWith('--from')) {
      for (const source of rest.split(/\s+/).slice(0, -1)) {
        if (source !== '.') expect(reachesTheEngine(source), source).toBe(true)
      }
    }
    for (const [, script] of rest.matchAll(/node (\S+\.ts)/g)) expect(reachesTheEngine(script!)).toBe(true)
  }
})

/** Folders of the packages that `npm ci --omit=dev` installs. */
function productionModules(): string[] {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { dev?: boolean }>
  }
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && !dev && exists(path))
    .map(([path]) => path)
    .filter(path => !/\/node-(linux|darwin|win|bin)-/.test(path))
}

test('the final stage’s files, and nothing else, serve as its command says: as an ordinary user, health and all', async () => {
  const app = join(work, 'app')
  const data = join(work, 'data')
  mkdirSync(app)
  mkdirSync(data)
  for (const rest of only('COPY')) {
    const [, from, list] = /^(?:--from=(\w+) )?(.+)$/.exec(rest)!
    const sources = list!.split(/\s+/)
    sources.pop()
    for (const source of sources) {
      const path = source.replace(/^\/app\//, '')
      const paths = from === 'modules' && path === 'node_modules' ? productionModules() : [path]
      for (const one of paths) {
        expect(exists(one), `${one}: npm run build makes it`).toBe(true)
        cpSync(join(root, one), join(app, one), { recursive: true })
      }
    }
  }
  expect(only('RUN')).toEqual(['mkdir /data && chown node:node /data'])
  expect(only('USER')).toEqual(['node'])
  const settings = Object.fromEntries(only('ENV').flatMap(rest => rest.split(' ').map(one => one.split('='))))
  expect(settings).toEqual({ NODE_ENV: 'production', HOST: '0.0.0.0', PORT: '8000', DATA_DIR: '/data' })

  // The tests' own Node may lie where others may not read.
  const node = join(work, 'node')
  copyFileSync(process.execPath, node)
  chmodSync(node, 0o755)
  chmodSync(work, 0o755)
  const isRoot = process.getuid?.() === 0
  const nobody = 65_534
  const as = isRoot ? { uid: nobody, gid: nobody } : {}
  if (isRoot) chownSync(data, nobody, nobody)
  // What compose.yaml gives, where nothing is set.
  const unset = Object.fromEntries(
    Object.keys(services('compose.yaml')['streaming-message']!.environment!).map(name => [name, '']),
  )
  const [program, ...args] = JSON.parse(only('CMD')[0]!) as string[]
  expect(program).toBe('node')
  expect(args.slice(0, -1)).toEqual(SERVER_FLAGS)
  const child = spawn(node, args, {
    ...as,
    cwd: app,
    env: { ...unset, ...settings, HOST: '127.0.0.1', PORT: '0', DATA_DIR: data },
  })
  let url = ''
  const output: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    output.push(line)
    url = /^listening on (\S+)/.exec(line)?.[1] ?? url
    if (line.includes('/admin/setup#')) break
  }
  expect(url, output.join('\n')).not.toBe('')
  for (const path of ['/', '/admin', '/broker', '/docs', '/readyz', '/static/js/sse-client.js'])
    expect((await fetch(url + path)).status, path).toBe(200)

  const [check, ...checkArgs] = JSON.parse(/CMD (.+)$/.exec(only('HEALTHCHECK')[0]!)![1]!) as string[]
  expect(check).toBe('node')
  const health = (port: string) =>
    spawn(node, checkArgs, { ...as, cwd: app, env: { PORT: port }, stdio: 'ignore' })
  expect(await once(health(new URL(url).port), 'exit')).toEqual([0, null])
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(await once(health(new URL(url).port), 'exit')).toEqual([1, null])
}, 60_000)

function services(file: string): Record<string, Service> {
  return (parse(read(file)) as { services: Record<string, Service> }).services
}

test.each(['compose.yaml', 'compose.cluster.yaml'])(
  '%s names settings, files and services that there are',
  file => {
    const known = new Set([...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name))
    const all = services(file)
    for (const service of Object.values(all)) {
      if (service.build) for (const name of Object.keys(service.environment!)) expect(known).toContain(name)
      for (const volume of service.volumes ?? []) {
        const [source] = volume.split(':')
        if (source!.startsWith('.')) expect(exists(source!), source).toBe(true)
        else expect(Object.keys((parse(read(file)) as { volumes: object }).volumes)).toContain(source)
      }
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(condition).toBe('service_healthy')
        // The image that is built here brings its own.
        expect(all[name]!.healthcheck ?? all[name]!.build).toBeDefined()
      }
    }
  },
)

test('the Redis of compose.cluster.yaml starts with its arguments, and its health check finds it', async () => {
  const { command, healthcheck } = services('compose.cluster.yaml').redis!
  const fill = (text: string) => text.replace(/\$\{REDIS_PASSWORD[^}]*\}/g, 'secret')
  expect(command![0]).toBe('redis-server')
  const redis = await startTestRedis(command!.slice(1).map(fill), { password: 'secret' })
  const [kind, line] = healthcheck!.test
  expect(kind).toBe('CMD-SHELL')
  const shell = (text: string) =>
    execFileSync('/bin/sh', ['-c', text.replace('redis-cli', `redis-cli -p ${redis.port}`)], {
      stdio: 'pipe',
    })
  expect(() => shell(fill(line!))).not.toThrow()
  expect(() => shell(fill(line!).replace('secret', 'wrong'))).toThrow()
  await redis.dispose()
})
