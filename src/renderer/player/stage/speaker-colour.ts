/** Twelve plate colours, dark enough for white letters on them (contrast of 4.5 at least). */
const PALETTE = [
  '#b8325f',
  '#a8472a',
  '#8a5a12',
  '#5f6b1a',
  '#2f7438',
  '#1f7468',
  '#1d6d8c',
  '#2f61a8',
  '#5152b5',
  '#7446ab',
  '#96399a',
  '#7a4b5c',
]

/** A speaker without a colour of their own keeps the same one everywhere, by their name. */
export function speakerColour(name: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < name.length; index++)
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193)
  return PALETTE[(hash >>> 0) % PALETTE.length]!
}
