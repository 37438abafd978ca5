/** Where a sprite stands. */
export const POSITIONS = ['left', 'center', 'right'] as const
export type Position = (typeof POSITIONS)[number]

/** Camera framings of a standing sprite, from near to far: how much of the body the stage shows. */
export const SCENES = ['closeup', 'face', 'bust', 'knee', 'heel', 'full', 'long'] as const
export type Scene = (typeof SCENES)[number]

/** How its picture fills the stage: once, in a row, in a column, or both ways, as a pattern does. */
export const REPEATS = ['none', 'x', 'y', 'both'] as const
export type Repeat = (typeof REPEATS)[number]

/** How a sprite comes, goes and changes. */
export const SPRITE_EFFECTS = ['none', 'fade', 'slide', 'rise', 'pop'] as const
export type SpriteEffect = (typeof SPRITE_EFFECTS)[number]
