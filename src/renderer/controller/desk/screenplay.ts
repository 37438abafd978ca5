/** One line of a script. */
export interface ScriptLine {
  speaker: string
  text: string
}

/** A name of at most so many characters before the colon; more is a sentence with a colon in it. */
const LONGEST_NAME = 24

/**
 * `Name: line`, `Name：line`, `【Name】line`, or `「line」` after a `Name` in any of these. The space after a Western
 * colon is asked for, so that `12:30` and `https://…` stay text.
 */
const CUE =
  /^\s*(?:([^\s:：【】「][^:：【】「]*?)(?:\s*：\s*|:\s+)|【([^【】]+)】\s*|([^\s:：【】「][^:：【】「]*?)(?=「.*」\s*$))(.+)$/

/**
 * Reads a pasted screenplay. A line without a name is said by whoever spoke last; an empty line or a scene heading
 * (`#`, `//`) says nothing. Lines that are indented go on with the line above them.
 */
export function parseScreenplay(source: string, firstSpeaker = ''): ScriptLine[] {
  const lines: ScriptLine[] = []
  let speaker = firstSpeaker
  for (const raw of source.split(/\r\n?|\n/)) {
    const text = raw.trim()
    if (text === '' || text.startsWith('#') || text.startsWith('//')) continue
    const previous = lines.at(-1)
    if (/^(?:\t| {2,})/.test(raw) && previous) {
      previous.text += `\n${text}`
      continue
    }
    const cue = CUE.exec(raw)
    const name = (cue?.[1] ?? cue?.[2] ?? cue?.[3])?.trim()
    if (cue && name && [...name].length <= LONGEST_NAME) {
      speaker = name
      lines.push({ speaker, text: cue[4]!.trim() })
    } else lines.push({ speaker, text })
  }
  return lines
}
