/** What every line gets on its way out, as the sender likes it at the moment. */
export interface LineDress {
  /** Times the room's speed; 1 = as it is. */
  lineSpeed: number
  /** Put around each line while `quotes` is on. */
  quotes: boolean
  quoteBefore: string
  quoteAfter: string
}

/** Where the caret goes in a template. */
export const CARET = '{cursor}'

/** @returns the line in its quotes and at its speed; quotes that were typed already are not doubled. */
export function dressLine(line: string, { lineSpeed, quotes, quoteBefore, quoteAfter }: LineDress): string {
  let text = line
  if (quotes) {
    if (!text.startsWith(quoteBefore)) text = quoteBefore + text
    if (!text.endsWith(quoteAfter) || text.length < quoteBefore.length + quoteAfter.length) text += quoteAfter
  }
  return lineSpeed === 1 ? text : `[speed=${lineSpeed}]${text}[/speed]`
}

/** A template without its mark, and where the caret belongs: at the end where there is no mark. */
export function fillTemplate(template: string): { text: string; caret: number } {
  const at = template.indexOf(CARET)
  return at < 0
    ? { text: template, caret: template.length }
    : { text: template.slice(0, at) + template.slice(at + CARET.length), caret: at }
}
