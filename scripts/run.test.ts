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
