/** What OBS's scene is called, as attributes of the player for Custom CSS and themes. */

/** OBS gives it to a source with the page permission "read access to user information", and above. */
interface ObsScene {
  name: string
}

/** `[key]` or `[key=value]` at the end of a name. */
const PAIR = /\s*\[([a-z][a-z0-9-]{0,31})(?:=([^[\]]{0,64}))?\]\s*$/i

/**
 * `Talk [color=dark] [mini]`: the scene `Talk`, whose `color` is `dark` and that is `mini`, as Echo-Live's users write it.
 * @returns `data-` attributes by name.
 */
export function sceneAttributes(name: string): Map<string, string> {
  const found = new Map<string, string>()
  let rest = name
  for (let match = PAIR.exec(rest); match; match = PAIR.exec(rest)) {
    const attribute = `data-scene-${match[1]!.toLowerCase()}`
    // Read from the end: the last of two of a kind counts.
    if (!found.has(attribute)) found.set(attribute, (match[2] ?? '').trim())
    rest = rest.slice(0, match.index)
  }
  return found.set('data-scene', rest.trim())
}

/** Keeps the attributes at the scene that is on. Nothing happens outside of OBS, or where OBS does not tell. */
export function followScene(window: Window): void {
  const { obsstudio, document } = window
  if (obsstudio === undefined) return
  let worn = new Map<string, string>()

  function wear(scene: ObsScene | null | undefined): void {
    const player = document.querySelector('.sm-player')
    if (player === null || typeof scene?.name !== 'string') return
    const next = sceneAttributes(scene.name)
    for (const name of worn.keys()) if (!next.has(name)) player.removeAttribute(name)
    for (const [name, value] of next) if (worn.get(name) !== value) player.setAttribute(name, value)
    worn = next
  }

  window.addEventListener('obsSceneChanged', event => wear((event as CustomEvent<ObsScene | null>).detail))
  obsstudio.getCurrentScene?.(wear)
}
