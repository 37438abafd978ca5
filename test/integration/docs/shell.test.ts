import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { startTestServer, type TestServer } from '../../support/server.ts'
import { blocks, named, pages, read, root } from './markdown.ts'

const run = promisify(execFile)
const TOKEN = 'your_super_secret_token_here'
const PASSWORD = 'a password of the docs'

/** What a reader puts in by hand. */
const fillIn = (code: string) =>
  code
    .replace(/SM_TOKEN=…/g, `SM_TOKEN=${TOKEN}`)
    .replace('"password":"…"', `"password":"${PASSWORD}"`)
    .replace('<this repository>', 'THIS-REPOSITORY')

interface Outcome {
  /** Programs that were stood in for, with their arguments. */
  calls: string[][]
  /** What each curl got. */
  answers: string[]
}

/** Runs the shell blocks of a page one after the other in one bash, as somebody who pastes them does. */
async function runBlocks(codes: string[], server: TestServer): Promise<Outcome> {
  const dir = await mkdtemp(join(tmpdir(), 'streaming-message-docs-'))
  const calls = join(dir, 'calls')
  const answers = join(dir, 'answers')
  await mkdir(answers)
  // Commands are typed in the project's folder; what they write stays here.
  await symlink(resolve(root, 'resources'), join(dir, 'resources'))
  try {
    const script = [`. ${resolve(import.meta.dirname, 'stand-ins.sh')}`, ...codes.map(fillIn)].join('\n')
    await run('bash', ['--norc', '-eo', 'pipefail', '-c', script], {
      cwd: dir,
      env: {
        PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
        // Else bash takes a pipe of Node's for a network's and reads the system's bashrc.
        SHLVL: '1',
        CALLS: calls,
        ANSWERS: answers,
        SERVER: server.url,
      },
    })
    const noted = await readFile(calls, 'utf8').catch(() => '')
    const files = await readdir(answers)
    return {
      calls: noted
        .split('\n')
        .filter(Boolean)
        .map(line => line.split('\x1f')),
      answers: await Promise.all(files.map(name => readFile(join(answers, name), 'utf8'))),
    }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

describe('shell blocks', () => {
  // The examples' own run in examples.test.ts.
  const withShell = pages.filter(page => !page.startsWith('examples/') && blocks('sh', [page]).length > 0)

  test.each(withShell)('%s: pasted block by block, each command does it', async page => {
    const codes = blocks('sh', [page]).map(block => block.code)
    const server = await startTestServer({
      env: { API_TOKEN: TOKEN, ADMIN_USERNAME: 'admin', ADMIN_PASSWORD: PASSWORD },
    })
    try {
      const { calls, answers } = await runBlocks(codes, server)
      const curls = codes.join('\n').match(/\bcurl\s/g)?.length ?? 0
      expect(answers).toHaveLength(curls)
      for (const answer of answers) {
        if (answer.includes('event:')) expect(answer).toContain('"type":"hello"')
        else if (answer !== '') expect(JSON.parse(answer).success ?? true).toBe(true)
      }
      for (const call of calls) expect(fault(call), call.join(' ')).toBeNull()
    } finally {
      await server.dispose()
    }
  })
})

/** @returns what is wrong with a call of a program that was stood in for. */
function fault([program, ...args]: string[]): string | null {
  if (program === 'npm') return npmFault(args)
  if (program === 'docker') return dockerFault(args)
  const known: Record<string, RegExp> = {
    'systemd-run':
      /^--pty --uid=streaming-message --same-dir --property=EnvironmentFile=-\/etc\/streaming-message\.env --setenv=DATA_DIR=\/var\/lib\/streaming-message node_modules\/\.bin\/node out\/main\/headless\.js --reset-owner$/,
    git: /^clone THIS-REPOSITORY \/opt\/streaming-message$/,
    cd: /^\/opt\/streaming-message$/,
    useradd: /^--system --home \/var\/lib\/streaming-message streaming-message$/,
    systemctl: /^(?:enable --now|restart|status|stop) streaming-message$/,
    journalctl: /^-u streaming-message$/,
  }
  return known[program!]?.test(args.join(' ')) ? null : 'nobody knows whether this is right'
}

function npmFault([command, ...args]: string[]): string | null {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  if (command === 'ci') return existsSync(resolve(root, 'package-lock.json')) ? null : 'there is no lock file'
  const name = command === 'run' ? args[0]! : command!
  if (['start', 'test', 'run'].includes(command!)) {
    const files = scripts[name]?.match(/(?<=\bnode )\S+/g) ?? []
    const lost = files.find(file => !existsSync(resolve(root, file)))
    if (lost) return `there is no ${lost}`
    return name in scripts ? null : 'there is no such script'
  }
  // What `npm run build:client` makes for the registry.
  if (command === 'install')
    return read('scripts/build-client.ts').includes(`name: '${args[0]}'`) ? null : 'no package of ours'
  return 'nobody knows whether this is right'
}

function dockerFault(args: string[]): string | null {
  const words = [...args]
  if (words.shift() !== 'compose') return 'only compose is known'
  const file = words[0] === '-f' ? words.splice(0, 2)[1]! : 'compose.yaml'
  if (!existsSync(resolve(root, file))) return `there is no ${file}`
  const { services } = parse(read(file)) as { services: Record<string, unknown> }
  const command = words.shift() ?? ''
  if (!['up', 'stop', 'logs', 'down', 'pull', 'run'].includes(command)) return 'no such command of compose'
  const scaled = words.flatMap((word, at) => (words[at - 1] === '--scale' ? word.split('=')[0]! : []))
  const plain = words.filter((word, at) => !word.startsWith('-') && words[at - 1] !== '--scale')
  // What follows the service of a run is typed within it.
  const strange = [...(command === 'run' ? plain.slice(0, 1) : plain), ...scaled].find(
    name => !(name in services),
  )
  return strange ? `${file} has no service ${strange}` : null
}

describe('PowerShell blocks', () => {
  const script = read('examples/shell/send.ps1')

  test.each(named(blocks('powershell')))('%s: script and parameters exist', (_, { code }) => {
    const parameters = [...script.matchAll(/\[string\] \$(\w+)/g)].map(match => match[1])
    for (const line of code.split('\n').filter(one => one.includes('send.ps1'))) {
      for (const [, name] of line.matchAll(/ -(\w+)/g)) {
        if (name !== 'ExecutionPolicy' && name !== 'File') expect(parameters).toContain(name)
      }
    }
    expect(code).toContain('send.ps1')
  })
})

describe('docs/api.http', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ env: { API_TOKEN: TOKEN } })
  })
  afterAll(() => server.dispose())

  const text = read('docs/api.http')
  const variables = new Map([...text.matchAll(/^@(\w+) = (.*)$/gm)].map(([, name, value]) => [name!, value!]))
  const requests = text
    .split(/^### /m)
    .slice(1)
    .map(part => {
      const [title, ...lines] = part.trimEnd().split('\n')
      return [title!, lines] as const
    })

  // In the file's order: a room is made, changed, deleted.
  test.each(requests)('%s', async (_, lines) => {
    const filled = lines.map(line =>
      line.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
        if (name === 'server') return server.url
        if (name === 'token') return TOKEN
        return variables.get(name) ?? whole
      }),
    )
    const [method, url] = filled[0]!.split(' ')
    const gap = filled.indexOf('')
    const head = filled.slice(1, gap < 0 ? undefined : gap)
    const body = gap < 0 ? undefined : filled.slice(gap + 1).join('\n')
    const headers = head.map(line => line.split(/: (.*)/s).slice(0, 2) as [string, string])
    const response = await fetch(url!, { method: method!, headers, ...(body ? { body } : {}) })
    expect(response.status, await response.clone().text()).toBeLessThan(300)
    if (response.status !== 204) expect(await response.json()).toBeTypeOf('object')
  })

  test('its variables are all given and all used', () => {
    const used = new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]))
    expect([...variables.keys()].sort()).toEqual([...used].sort())
  })
})
