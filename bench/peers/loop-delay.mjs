import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Plain JavaScript: a server must not read a compiler for it. Loaded into a server under measurement (`--import`): at SIGUSR2 it writes down how late the event loop was since the last time,
 * p99 in milliseconds beyond the resolution, into the file that LOOP_DELAY_FILE names.
 */
const RESOLUTION = 10
const file = process.env.LOOP_DELAY_FILE
if (file) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION })
  delay.enable()
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  // Collects, so that memory can be measured that is in use.
  // The last resort gives back the space for new objects too, which else comes by itself once the server is idle for 8 s.
  process.on('SIGCONT', () => collect({ type: 'major', execution: 'sync', flavor: 'last-resort' }))
  process.on('SIGUSR2', () => {
    const p99 = Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION)
    const max = Math.max(0, delay.max / 1e6 - RESOLUTION)
    delay.reset()
    writeFileSync(file, JSON.stringify({ p99, max }))
  })
}
