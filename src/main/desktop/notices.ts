import type { Notice } from '../../preload/bridge.ts'
import { createObservable } from './observable.ts'
import { fill, type NoticeCode, type Words } from './words.ts'

export interface Notices {
  list(): Notice[]
  follow(listener: (notices: Notice[]) => void): () => void
  /** The same notice twice is one. */
  say(level: Notice['level'], code: NoticeCode, params?: Record<string, string>): void
  /** Takes back what is no longer so. */
  unsay(code: NoticeCode): void
  dismiss(id: number): void
}

/** What the user should know but need not answer: shown by the controller, kept until dismissed. */
export function createNotices(words: () => Words, log: (text: string) => void): Notices {
  const all = createObservable<Notice[]>([])
  let next = 1
  return {
    list: all.get,
    follow: all.follow,
    say(level, code, params = {}) {
      const msg = fill(words().notices[code], params)
      if (all.get().some(one => one.code === code && one.msg === msg)) return
      log(`${level}: ${code} ${JSON.stringify(params)}`)
      all.set([...all.get(), { id: next++, level, code, params, msg }].slice(-50))
    },
    unsay(code) {
      if (all.get().some(one => one.code === code)) all.set(all.get().filter(one => one.code !== code))
    },
    dismiss: id => all.set(all.get().filter(one => one.id !== id)),
  }
}
