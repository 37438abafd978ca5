import { ipcRenderer } from 'electron'
import type { BridgeInput, BridgeName, BridgeOutput, BridgeResult } from './bridge.ts'
import { createFrame } from './overlay-frame.ts'

/**
 * The overlay shows the player, which may load what a room's owner uploads: the page gets nothing from here. Only the
 * frame of edit mode, drawn by this isolated script in a closed shadow tree, speaks to main, about its own window.
 */
async function ask<Name extends BridgeName>(
  name: Name,
  input?: BridgeInput<Name>,
): Promise<BridgeOutput<Name> | undefined> {
  const result: BridgeResult<BridgeOutput<Name>> = await ipcRenderer.invoke('bridge', name, input)
  return result.ok ? result.value : undefined
}

const frame = createFrame({
  drag: (handle, dx, dy, snap) => ask('frame.drag', { handle, dx, dy, snap }),
  drop: () => ask('frame.drop'),
  adjust: (what, step) => ask('frame.adjust', { what, step }),
  done: () => ask('frame.done'),
})

// Edit mode always comes with a fresh window: the state is asked for once.
window.addEventListener('DOMContentLoaded', async () => {
  const state = await ask('frame.state')
  if (state) frame.show(state)
})

// Another zoom is another size for the page.
window.addEventListener('resize', async () => {
  const state = await ask('frame.state')
  if (state?.editing) frame.scale(state.zoom)
})
