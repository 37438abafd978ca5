import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Failure, Result } from '../api/request.ts'

/** Where a collection's items live. */
export interface CollectionApi<Item extends { id: string }, Input, Patch> {
  list(): Promise<Result<Item[]>>
  create(input: Input): Promise<Result<Item>>
  change(id: string, patch: Patch): Promise<Result<Item>>
  remove(id: string): Promise<Result<unknown>>
  order(ids: string[]): Promise<Result<unknown>>
}

export interface CollectionState<Item> {
  /** In the order that the user gave them. */
  items: Item[]
  /** False until the server has answered once. */
  loaded: boolean
  /** Why the list could not be read, or an order was not taken; a change that is refused is told to who asked for it. */
  problem: Failure | null
}

/** A small list that is kept on the server and edited here: speakers, phrases. */
export interface Collection<Item extends { id: string }, Input, Patch> {
  store: StoreApi<CollectionState<Item>>
  load(): Promise<void>
  create(input: Input): Promise<Result<Item>>
  change(id: string, patch: Patch): Promise<Result<Item>>
  remove(id: string): Promise<Result<unknown>>
  /** Puts the item at another place; shown at once, taken back when the server refuses. */
  move(id: string, to: number): Promise<void>
}

/** Items as these ids stand; others stay at the end. */
function inOrder<Item extends { id: string }>(items: readonly Item[], ids: readonly string[]): Item[] {
  const place = new Map(ids.map((id, index) => [id, index]))
  const placeOf = ({ id }: Item) => place.get(id) ?? ids.length
  return items.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** @param api refuses by its answer; it is not expected to throw */
export function createCollection<Item extends { id: string }, Input, Patch>(
  api: CollectionApi<Item, Input, Patch>,
): Collection<Item, Input, Patch> {
  const store = createStore<CollectionState<Item>>()(() => ({ items: [], loaded: false, problem: null }))
  const update = (change: (items: Item[]) => Item[]) =>
    store.setState(({ items }) => ({ items: change(items), problem: null }))

  let loading: Promise<void> | null = null
  let again = false

  /** Asked several times at once (a file of 100 speakers is as many changes), it reads once more after the present. */
  function load(): Promise<void> {
    again = loading !== null
    loading ??= read().finally(() => {
      loading = null
    })
    return loading
  }

  async function read(): Promise<void> {
    const answer = await api.list()
    if (again) {
      again = false
      return read()
    }
    if (answer.ok) {
      // Moved meanwhile: the server has yet to hear of it.
      const items = ordering ? inOrder(answer.value, idsHere()) : answer.value
      store.setState({ items, loaded: true, problem: null })
    } else store.setState({ problem: answer.failure })
  }

  const idsHere = () => store.getState().items.map(({ id }) => id)

  let ordering: Promise<void> | null = null
  /** Moved since the last order was told. */
  let unordered = false
  /** As the server has them, while it is told another order. */
  let before: string[] | null = null

  /** One order at a time, so that none overtakes the one after it. */
  async function tellOrder(): Promise<void> {
    while (unordered) {
      unordered = false
      const told = idsHere()
      const answer = await api.order(told)
      if (answer.ok) before = told
      else {
        unordered = false
        putBack(before ?? [], answer.failure)
      }
    }
  }

  function putBack(ids: string[], problem: Failure): void {
    store.setState(({ items }) => ({ items: inOrder(items, ids), problem }))
  }

  return {
    store,
    load,
    async create(input) {
      const answer = await api.create(input)
      if (!answer.ok) return answer
      const made = answer.value
      // The stream tells of it too: the whole list may have been read before this answer came.
      update(items => [...items.filter(item => item.id !== made.id), made])
      return answer
    },
    async change(id, patch) {
      const answer = await api.change(id, patch)
      if (answer.ok) update(items => items.map(item => (item.id === id ? answer.value : item)))
      return answer
    },
    async remove(id) {
      const answer = await api.remove(id)
      if (answer.ok) update(items => items.filter(item => item.id !== id))
      return answer
    },
    move(id, to) {
      const { items } = store.getState()
      const item = items.find(other => other.id === id)
      if (!item) return Promise.resolve()
      before ??= idsHere()
      update(all => all.filter(other => other !== item).toSpliced(to, 0, item))
      unordered = true
      ordering ??= tellOrder().finally(() => {
        ordering = null
        before = null
      })
      return ordering
    },
  }
}
