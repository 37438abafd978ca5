import { spawn } from 'node:child_process'
import { on, once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { freePort } from '../support/ports.ts'

const root = resolve(import.meta.dirname, '../..')

test('npm run dev:web serves, and builds and serves anew what is changed', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'streaming-message-dev-'))
  const parts = ['src', 'scripts', 'out', 'package.json', 'package-lock.json', 'electron.vite.config.ts']
  for (const part of [...parts, ...(await readdir(root)).filter(name => name.startsWith('tsconfig'))])
    await cp(join(root, part), join(copy, part), { recursive: true, preserveTimestamps: true })
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  const port = await freePort()
  const child = spawn(
    process.execPath,
    [join(copy, 'scripts/dev.ts'), '--web', '--port', String(port), '--data', join(copy, 'data')],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, npm_lifecycle_event: undefined } },
  )
  const lines = createInterface({ input: child.stdout })
  const told = async (text: string) => {
    for await (const [line] of on(lines, 'line', { close: ['close'] })) if (line.includes(text)) return
    throw new Error(`it ended without a word of ${text}`)
  }
  const change = async (file: string, from: string, to: string) => {
    const text = await readFile(join(copy, file), 'utf8')
    expect(text).toContain(from)
    await writeFile(join(copy, file), text.replace(from, to))
  }
  try {
    await told('listening on')
    await change('src/renderer/docs/index.html', '<title>', '<title>Written anew: ')
    await change('src/main/headless.ts', 'listening on', 'listening anew on')
    await told('listening anew on')
    expect(await (await fetch(`http://127.0.0.1:${port}/docs`)).text()).toContain('<title>Written anew: ')
  } finally {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    await rm(copy, { recursive: true, force: true })
  }
}, 120_000)
