import type { LineLook } from '../../../shared/line-look.ts'
import type { SpeakerLook } from '../../../shared/speaker.ts'
import type { Position, Scene } from '../../../shared/sprites.ts'

/** How one speaker looks at the moment: the preset, with what the message says before it. */
export interface Appearance {
  /** Empty: the one that goes with the name. */
  color: string
  avatar: string | undefined
  /** The standing sprite. */
  picture: string | undefined
  expressions: ReadonlyMap<string, string>
  position: Position
  /** Undefined: as it is. */
  scene: Scene | undefined
}

export function appearanceOf(
  preset: SpeakerLook | undefined,
  line: LineLook = {},
  color: string | undefined = undefined,
): Appearance {
  const expressions = new Map<string, string>()
  for (const { name, url } of preset?.expressions ?? []) expressions.set(name, url)
  for (const [name, url] of Object.entries(line.expressions ?? {})) expressions.set(name, url)
  const [first] = expressions.values()
  const named = line.expression === undefined ? undefined : expressions.get(line.expression)
  return {
    color: line.color || color || preset?.color || '',
    avatar: line.avatar || preset?.avatar || undefined,
    picture: named ?? line.sprite ?? first,
    expressions,
    position: line.position ?? preset?.position ?? 'left',
    scene: line.scene,
  }
}
