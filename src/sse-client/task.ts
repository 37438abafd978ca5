import { root } from './platform.ts'

/**
 * Makes a queue of tasks in the sense of the HTML standard: each runs on its own, with what it leaves to microtasks done
 * before the next begins. Code that awaits one event may so attach a listener in time for the one that follows.
 */
export function createTaskQueue(): (task: () => void) => void {
  const tasks: (() => void)[] = []
  let scheduled = false
  let schedule: (() => void) | undefined

  function run(): void {
    scheduled = false
    const task = tasks.shift()
    if (tasks.length > 0) wake()
    if (task) task()
  }

  function wake(): void {
    if (scheduled) return
    scheduled = true
    if (!schedule) schedule = pickSchedule(run)
    schedule()
  }

  return task => {
    tasks.push(task)
    wake()
  }
}

/** The platform's quickest way to a new task: timers are held to 4 ms, and to a second in hidden pages. */
function pickSchedule(run: () => void): () => void {
  const { setImmediate } = root as { setImmediate?: (callback: () => void) => void }
  // A message port would keep a Node process alive.
  if (typeof setImmediate === 'function') return () => setImmediate(run)
  if (typeof MessageChannel === 'function') {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = run
    return () => port2.postMessage(0)
  }
  return () => setTimeout(run)
}
