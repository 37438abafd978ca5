/** Loaded into a server (`--import`): each SIGUSR2 moves its clock by the next of CLOCK_LEAPS, in milliseconds. */
const leaps = (process.env.CLOCK_LEAPS ?? '').split(',').map(Number)
const RealDate = Date
let offset = 0

process.on('SIGUSR2', () => {
  offset += leaps.shift() ?? 0
  console.log(`clock ${offset}`)
})

class ShiftedDate extends RealDate {
  constructor(...parts: [] | [number | string]) {
    if (parts.length === 0) super(RealDate.now() + offset)
    else super(...parts)
  }

  static override now(): number {
    return RealDate.now() + offset
  }
}

globalThis.Date = ShiftedDate as DateConstructor
