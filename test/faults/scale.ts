/** `npm run test:faults` runs the long form; `npm test`, and so CI, the short one: the same faults, fewer rounds. */
export const isLong = process.env.FAULTS === 'long'

export const scaled = (long: number, short: number): number => (isLong ? long : short)
