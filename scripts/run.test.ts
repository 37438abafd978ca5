import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { run } from './run.ts'

test('a program’s code is its own; one that a signal ended has failed, as a shell tells it', async () => {
  expect(await run(process.execPath, ['-e', 'process.exit(7)'])).toBe(7)
  expect(
    await run(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000)']),
  ).toBe(128 + 9)
  expect(await run('/nonexistent/program', [])).toBe(1)
})

/** A script that runs two programs; the first waits to be ended. */
const TWO = `
import { run } from ${JSON.stringify(new URL('run.ts', import.meta.url).href)}
await run(process.execPath, ['-e', 'console.log("first"); setInterval(() => {}, 1000)'])
await run(process.execPath, ['-e', 'console.log("second")'])
`

test('who ends a script while a program of it runs ends the script, and nothing more is run', async () => {
  const script = spawn(process.execPath, ['--input-type=module-typescript', '-e', TWO], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  createInterface({ input: script.stdout }).on('line', line => {
    lines.push(line)
    if (line === 'first') script.kill('SIGINT')
  })
  const [code] = await once(script, 'close')
  expect(lines).toEqual(['first'])
  expect(code).toBe(128 + 2)
})

/** A script of npm's that runs a server. */
const SERVER = `
import { endWithNpm, run } from ${JSON.stringify(new URL('run.ts', import.meta.url).href)}
endWithNpm()
await run(process.execPath, ['-e', 'console.log(process.pid); setInterval(() => {}, 1000)'])
`

test.skipIf(process.platform === 'win32')('npm that is ended takes what its script runs along', async () => {
  // npm's shell, which a signal ends without a word to the script.
  const shell = spawn('sh', ['-c', '"$NODE" --input-type=module-typescript -e "$SERVER" & wait'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE: process.execPath, SERVER, npm_lifecycle_event: 'start' },
  })
  const lines = createInterface({ input: shell.stdout })
  const [server] = (await once(lines, 'line')) as [string]
  shell.kill('SIGTERM')
  // The server holds this end of the pipe.
  await once(lines, 'close')
  expect(() => process.kill(Number(server), 0)).toThrow('ESRCH')
})
