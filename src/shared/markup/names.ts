/** Ways in which text moves; the player draws them in CSS. `rock` is a slow sway, `flip` stands on its head. */
export const ANIMATIONS = ['wave', 'shake', 'jitter', 'orbit', 'rock', 'flip', 'pulse'] as const

/** What a line can do to the whole box. */
export const EFFECTS = ['shout'] as const

/** What an image in the text says of its size and its place among the characters, each in em. */
export const IMAGE_LENGTHS = [
  'width',
  'height',
  'maxWidth',
  'maxHeight',
  'minWidth',
  'minHeight',
  'marginLeft',
  'marginRight',
] as const

/** Sizes by name, times the size of the line: the steps of `[+]` and `[-]`. */
export const SIZES = { xs: 0.5, s: 0.75, m: 1, l: 1.5, xl: 2 } as const

/** Metals by name: colours from the top of the letters down, with the horizon that polished metal mirrors. */
export const METALS = {
  gold: ['#f9e39a', '#cf9a1c', '#f3cb55', '#a4710f'],
  silver: ['#f5f8fb', '#98a6b6', '#e2eaf2', '#7b8998'],
  copper: ['#f4c4a3', '#b5632c', '#e49c6a', '#8a481d'],
  iron: ['#c3c6ca', '#6a6e74', '#a6aab0', '#4b4f55'],
} as const

/** CSS font weights by name. */
export const WEIGHTS: Readonly<Record<string, number>> = {
  thin: 100,
  hairline: 100,
  'extra-light': 200,
  'ultra-light': 200,
  light: 300,
  normal: 400,
  regular: 400,
  medium: 500,
  'semi-bold': 600,
  'demi-bold': 600,
  bold: 700,
  'extra-bold': 800,
  'ultra-bold': 800,
  black: 900,
  heavy: 900,
  'extra-black': 950,
  'ultra-black': 950,
}
