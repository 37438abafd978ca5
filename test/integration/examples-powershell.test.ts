import { execFile, execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ExampleBench, examples, startExampleBench } from '../support/example.ts'

/** PowerShell 7 and the 5.1 of Windows, as far as they are here. */
const shells = ['pwsh', 'powershell'].filter(answers)

function answers(shell: string): boolean {
  try {
    execFileSync(shell, ['-NoProfile', '-Command', 'exit 0'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe.skipIf(shells.length === 0)('send.ps1 (needs PowerShell: pwsh or powershell)', () => {
  let bench: ExampleBench
  beforeAll(async () => {
    bench = await startExampleBench()
  })
  afterAll(() => bench.server.dispose())

  test.each(shells.length > 0 ? shells : ['pwsh'])(
    '%s: lines and speakers with spaces and signs arrive as they were typed',
    async shell => {
      const messages = await bench.listen()
      const text = `冲！ & "刺" 100% $HOME #1`
      const send = (...args: string[]) =>
        promisify(execFile)(
          shell,
          ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', resolve(examples, 'shell/send.ps1'), ...args],
          { env: { ...process.env, SM_URL: bench.server.url, SM_TOKEN: bench.server.token } },
        )
      await send('小明', text)
      await send('A B/C? é', text, '-Room', 'lobby')
      expect(await messages(2)).toEqual([
        ['小明', text],
        ['A B/C? é', text],
      ])
      bench.tidy()
    },
  )
})
