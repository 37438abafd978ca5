/** Default number of ids remembered. */
export const REMEMBERED_IDS = 1000

/** Tells whether an id is new. Remembers the last `size` ids. */
export function createOnce(size: number): (id: string) => boolean {
  // A ring beside a prototype-less object: works in ES5, and no id can collide with a property of Object.
  const seen: Record<string, true> = Object.create(null)
  const ring: string[] = []
  let next = 0
  return id => {
    if (seen[id]) return false
    const oldest = ring[next]
    if (oldest !== undefined) delete seen[oldest]
    ring[next] = id
    seen[id] = true
    next = (next + 1) % size
    return true
  }
}
