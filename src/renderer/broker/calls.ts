/** What every management call answers. */
export interface Envelope {
  code: number
  msg: string
  micro: number
  result: unknown
}

/** Makes a management call. @throws where no answer comes at all. */
export async function call(
  path: string,
  fields: Record<string, string>,
  apiToken: string,
): Promise<Envelope> {
  const response = await fetch(path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(apiToken === '' ? {} : { Authorization: `Bearer ${apiToken}` }),
    },
    body: JSON.stringify(fields),
  })
  return (await response.json()) as Envelope
}

const MAX_SHOWN = 50

/** Shows a call and its answer at the top of the list. */
export function showCall(
  list: Element,
  path: string,
  fields: Record<string, string>,
  answer: Envelope,
): void {
  const item = document.createElement('li')
  item.className = answer.code === 1 ? 'good' : 'bad'
  const head = document.createElement('code')
  head.textContent = `POST ${path} ${JSON.stringify(fields)}`
  const took = document.createElement('small')
  took.textContent = `${answer.code} ${answer.msg} · ${(answer.micro / 1_000).toFixed(1)} ms`
  const body = document.createElement('pre')
  body.textContent =
    typeof answer.result === 'object' ? JSON.stringify(answer.result, null, 2) : String(answer.result)
  item.append(head, took, ...(answer.result === null ? [] : [body]))
  list.prepend(item)
  while (list.children.length > MAX_SHOWN) list.lastElementChild!.remove()
}
