import type { IncomingMessage } from 'node:http'
import type { Answer } from './sse-pages.ts'

/** Answers as the address of an observation says (sse-observations.ts). */
export function createObservationServer(): Answer {
  const attempts = new Map<string, number>()

  return async (request, response) => {
    const query = new URL(request.url!, 'http://localhost').searchParams
    const said = (name: string) => query.get(name) ?? ''
    const attempt = (attempts.get(said('key')) ?? 0) + 1
    attempts.set(said('key'), attempt)
    const body = await bodyOf(request)
    const head = {
      'content-type': (said('type') || 'text/event-stream').replace(/\n/g, ' '),
      'x-test': 'yes',
      'access-control-allow-origin': '*',
    }

    if (said('redirect') && attempt === 1) {
      response.writeHead(Number(said('redirect')), { location: request.url }).end()
      return
    }
    if (said('status')) {
      const status = Number(said('status'))
      response.writeHead(status, head).end(status === 204 || status === 205 ? undefined : said('text'))
      return
    }
    const step = said('steps').split('|')[attempt - 1] ?? ''
    if (step === '204') {
      response.writeHead(204).end()
      return
    }
    response.writeHead(200, head)
    const text = step || said('text')
    const echo = echoOf(said('echo'), request, body, attempt)
    response.write(`${echo}${text}` || ':\n')
    if (said('cut') && attempt === 1) setTimeout(() => response.destroy(), 20)
    else if (step || said('end') || said('echo') === 'id') response.end()
  }
}

function echoOf(what: string, request: IncomingMessage, body: string, attempt: number): string {
  const { method, headers } = request
  const id = headers['last-event-id']
  const lastEventId = id ? Buffer.from(id as string, 'latin1').toString() : 'none'
  const echo = (data: string) => `event:echo\ndata:${data}\n\n`
  if (what === 'request') return echo(`${method} ${headers.accept} ${headers['cache-control']}`)
  if (what === 'post') return echo(`${method} ${body} ${headers['x-token']} ${lastEventId}`)
  return what === 'id' && attempt > 1 ? echo(lastEventId) : ''
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += chunk
  return body
}
