import { root } from './platform.ts'

const tasks: (() => void)[] = []
let schedule: (() => void) | undefined

/**
 * Queues a task in the sense of the HTML standard: each runs on its own, with what it leaves to microtasks done before
 * the next begins. Code that awaits one event may so attach a listener in time for the one that follows.
 */
export function queueTask(task: () => void): void {
  tasks.push(task)
  if (!schedule) schedule = pickSchedule(() => tasks.shift()!())
  schedule()
}

/** The platform's quickest way to a new task: timers are held to 4 ms, and to a second in hidden pages. */
function pickSchedule(run: () => void): () => void {
  const { setImmediate } = root as { setImmediate?: (callback: () => void) => void }
  // A message port would keep a Node process alive.
  if (setImmediate) return () => setImmediate(run)
  if (typeof MessageChannel === 'function') {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = run
    return () => port2.postMessage(0)
  }
  return () => setTimeout(run)
}
