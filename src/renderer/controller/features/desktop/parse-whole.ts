/** @returns the number that was typed; undefined where it is not a whole one within the bounds */
export function parseWhole(typed: string, least: number, most: number): number | undefined {
  const value = Number(typed)
  return /^\d+$/.test(typed) && value >= least && value <= most ? value : undefined
}
