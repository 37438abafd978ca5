import fc from 'fast-check'

/** Half of a surrogate pair is no character. */
const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map(code => String.fromCodePoint(code))

/**
 * Strings of any characters that Unicode has a place for, as `unit: 'binary'` of fast-check gives: its own table of them takes
 * each process more than a second to make.
 */
export const anyText = (constraints: Omit<fc.StringConstraints, 'unit'> = {}) =>
  fc.string({ ...constraints, unit: codePoint })
