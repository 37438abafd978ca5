import type { Notice } from '../../preload/bridge.ts'
import { createObservable } from './observable.ts'
import { fill, inWords, type NoticeCode, type Words } from './words.ts'

export interface Notices {
  list(): Notice[]
  follow(listener: (notices: Notice[]) => void): () => void
  /** The same notice twice is one. */
  say(level: Notice['level'], code: NoticeCode, params?: Record<string, string>): void
  /** Takes back what is no longer so. */
  unsay(code: NoticeCode): void
  dismiss(id: number): void
  /** The language changed: those that are there are said anew. */
  reword(): void
}

/** What the user should know but need not answer: shown by the controller, kept until dismissed. */
export function createNotices(words: () => Words, log: (text: string) => void): Notices {
  const all = createObservable<Notice[]>([])
  let next = 1

  const msgOf = (code: NoticeCode, params: Record<string, string>) =>
    fill(words().notices[code], inWords(params, words()))

  return {
    list: all.get,
    follow: all.follow,
    say(level, code, params = {}) {
      const msg = msgOf(code, params)
      if (all.get().some(one => one.code === code && one.msg === msg)) return
      log(`${level}: ${code} ${JSON.stringify(params)}`)
      all.set([...all.get(), { id: next++, level, code, params, msg }].slice(-50))
    },
    unsay(code) {
      if (all.get().some(one => one.code === code)) all.set(all.get().filter(one => one.code !== code))
    },
    dismiss: id => all.set(all.get().filter(one => one.id !== id)),
    reword: () => all.set(all.get().map(one => ({ ...one, msg: msgOf(one.code as NoticeCode, one.params) }))),
  }
}
