import { createStreamSharer } from './stream-sharer.ts'

const sharer = createStreamSharer()

// The scope of a SharedWorker; the compiler knows that of pages.
addEventListener('connect', event => {
  const [port] = (event as MessageEvent).ports
  if (port) sharer.connect(port)
})
