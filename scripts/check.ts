import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { root } from './run.ts'

/**
 * `npm run check`: lint, types and unit tests side by side, each one's output in one piece when it is done.
 * With `--since <commit>` the unit tests are those that a change since then can reach: what they import, or they themselves.
 */
const CHECKS = ['lint', 'types', 'unit']

const { since } = parseArgs({ options: { since: { type: 'string' } } }).values

/** @returns whether it passed */
function check(name: string): Promise<boolean> {
  const started = performance.now()
  const onlyChanged =
    name === 'unit' && since !== undefined ? ['--', '--passWithNoTests', '--changed', since] : []
  const child = spawn('npm', ['run', '--silent', name, ...onlyChanged], {
    cwd: root,
    // npm is a script for the shell there.
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      output += text
    })
  }
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', code => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${output.trim()}\n${name}: ${code === 0 ? 'good' : 'FAILED'} after ${seconds} s\n`)
      done(code === 0)
    })
  })
}

const passed = await Promise.all(CHECKS.map(check))
process.exit(passed.every(Boolean) ? 0 : 1)
