import { createStreamSharer } from './stream-sharer.ts'

const sharer = createStreamSharer()

// The scope of a SharedWorker, or of the Worker of one page; the compiler knows that of pages.
if ('onconnect' in globalThis) {
  addEventListener('connect', event => {
    const [port] = (event as MessageEvent).ports
    if (port) sharer.connect(port)
  })
} else sharer.connect(globalThis as unknown as MessagePort)
