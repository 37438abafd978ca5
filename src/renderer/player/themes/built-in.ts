import type { Layout } from '../../../shared/layouts.ts'
import type { BuiltInTheme } from '../../../shared/theme.ts'

/*
 * What a player must know of the themes in its own bundle before the server answers. Their manifests stay out of the
 * bundle (labels in three languages); a test holds these tables against them.
 */

/** The layout that each is made for. */
export const THEME_LAYOUTS: Record<BuiltInTheme, Layout> = {
  novel: 'dialogue',
  bubble: 'bubble',
  glass: 'dialogue',
  subtitle: 'subtitle',
  terminal: 'dialogue',
  chat: 'chat',
  none: 'dialogue',
}

/** Ids of the variants, the default first. */
export const THEME_VARIANTS: Record<BuiltInTheme, readonly string[]> = {
  novel: ['ink', 'paper', 'rose', 'jade'],
  bubble: ['mint', 'peach', 'night'],
  glass: ['clear', 'smoke', 'aurora'],
  subtitle: ['serif', 'sans', 'karaoke'],
  terminal: ['green', 'amber', 'white'],
  chat: ['plain', 'cards', 'compact'],
  none: ['white', 'black'],
}

export function isBuiltInTheme(id: string): id is BuiltInTheme {
  return Object.hasOwn(THEME_LAYOUTS, id)
}
