import { networkInterfaces } from 'node:os'
import { powerMonitor, screen } from 'electron'

export interface MachineEvents {
  onWake(): void
  onNetwork(): void
  onDisplays(): void
}

/** Node has no event for it; a look at the list costs microseconds. */
const NETWORK_LOOK_MS = 5_000

/** Sleep and wake, other networks, displays plugged and unplugged. @returns the way to stop */
export function followMachine({ onWake, onNetwork, onDisplays }: MachineEvents): () => void {
  let known = networkOf()
  const look = () => {
    const now = networkOf()
    if (now === known) return
    known = now
    onNetwork()
  }
  const timer = setInterval(look, NETWORK_LOOK_MS)
  timer.unref()
  const wake = () => {
    look()
    onWake()
  }
  powerMonitor.on('resume', wake)
  powerMonitor.on('unlock-screen', look)
  screen.on('display-added', onDisplays)
  screen.on('display-removed', onDisplays)
  screen.on('display-metrics-changed', onDisplays)
  return () => {
    clearInterval(timer)
    powerMonitor.off('resume', wake)
    powerMonitor.off('unlock-screen', look)
    screen.off('display-added', onDisplays)
    screen.off('display-removed', onDisplays)
    screen.off('display-metrics-changed', onDisplays)
  }
}

function networkOf(): string {
  return Object.values(networkInterfaces())
    .flatMap(list => (list ?? []).map(({ address }) => address))
    .sort()
    .join()
}
