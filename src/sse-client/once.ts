/** Default number of ids remembered. */
export const REMEMBERED_IDS = 1000

/** Tells whether an id is new. Remembers the last `size` ids. */
export function createOnce(size: number): (id: string) => boolean {
  // Beside the order a prototype-less object: works in ES5, and no id can collide with a property of Object.
  const seen: Record<string, true> = Object.create(null)
  const order: string[] = []
  return id => {
    if (seen[id]) return false
    seen[id] = true
    if (order.push(id) > size) delete seen[order.shift()!]
    return true
  }
}
