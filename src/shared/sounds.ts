/** Clicks of the synthesiser, one a character. */
export const TIMBRES = ['soft', 'key', 'pencil', 'blip', 'drop', 'bell'] as const
export type Timbre = (typeof TIMBRES)[number]

/** Sounds with which a line begins. */
export const LINE_SOUNDS = ['page', 'enter', 'chime', 'soft', 'bell'] as const
export type LineSound = (typeof LINE_SOUNDS)[number]
