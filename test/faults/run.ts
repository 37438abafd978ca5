import { spawnSync } from 'node:child_process'

/** `npm run test:faults`: the fault suite in its long form, some 20 minutes. */
const { status } = spawnSync('vitest', ['run', '--project', 'faults', ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, FAULTS: 'long' },
})
process.exit(status ?? 1)
