import type { Fragment, Style, TextFragment } from '../fragments.ts'

const keys = new WeakMap<Style, string>()

/** The same for equal styles. Styles are made with their keys in one order (`readStyle`). */
function styleKey(style: Style | undefined): string {
  if (style === undefined) return ''
  let key = keys.get(style)
  if (key === undefined) {
    key = JSON.stringify(style)
    keys.set(style, key)
  }
  return key
}

/** Collects fragments in their shortest form: neighbours of equal style are one, and no text is empty. */
export interface FragmentList {
  fragments: Fragment[]
  text(text: string, style: Style | undefined): void
  push(fragment: Fragment): void
}

export function createFragmentList(): FragmentList {
  const fragments: Fragment[] = []
  /** Parts of the last text fragment: joining them once makes hostile input linear. */
  let parts: string[] = []
  let last: TextFragment | null = null

  function flush(): void {
    if (last !== null) last.text = parts.join('')
    last = null
    parts = []
  }

  return {
    get fragments() {
      flush()
      return fragments
    },
    text(text, style) {
      if (text === '') return
      if (last !== null && styleKey(last.style) === styleKey(style)) {
        parts.push(text)
        return
      }
      flush()
      last = style === undefined ? { text } : { text, style }
      parts = [text]
      fragments.push(last)
    },
    push(fragment) {
      flush()
      fragments.push(fragment)
    },
  }
}
