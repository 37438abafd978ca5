import type { RoomSettings } from '../../../shared/room.ts'
import type { Frame } from './frame.ts'

/** What a page's address may say against the room's settings. */
export interface LookOverrides {
  theme?: string
  variant?: string
  layout?: RoomSettings['look']['layout']
  scale?: number
}

/** Names of the custom properties that the room's tokens have set. */
const applied = new WeakMap<HTMLElement, string[]>()

/** Dresses the frame: the theme's style sheets key off these attributes, and the tokens override their properties. */
export function applyLook({ player }: Frame, settings: RoomSettings, overrides: LookOverrides): void {
  const look = { ...settings.look, ...overrides }
  player.dataset.theme = look.theme
  player.dataset.variant = look.variant
  player.dataset.layout = look.layout || 'dialogue'
  player.dataset.effect = settings.typewriter.effect
  player.lang = look.language
  const { style } = player
  style.setProperty('--scale', String(look.scale))
  style.setProperty('--fresh', `${settings.typewriter.effectMs}ms`)
  const { easing } = settings.typewriter
  style.setProperty('--fresh-easing', easing === 'spring' ? 'cubic-bezier(.2, 1.6, .4, 1)' : easing)
  for (const name of applied.get(player) ?? []) style.removeProperty(name)
  const names = Object.entries(look.tokens).map(([name, value]) => {
    style.setProperty(`--${name}`, value)
    return `--${name}`
  })
  applied.set(player, names)
}
