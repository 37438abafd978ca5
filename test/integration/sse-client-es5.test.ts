import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parse } from 'acorn'
import { describe, expect, it } from 'vitest'
import { beginStream, startClientPages } from '../support/sse-pages.ts'

/**
 * The script files as an engine of ES5 sees them. Such a one is made of Chromium by taking from it, before the library
 * loads, every global and every method that came after ES5, but Promise. The pages are ES5 themselves and post what
 * they saw, as no tool could look into them any more.
 */

const { lib, server, browser } = await startClientPages()

const KEEP = {
  Object:
    'create defineProperties defineProperty freeze getOwnPropertyDescriptor getOwnPropertyNames getPrototypeOf isExtensible isFrozen isSealed keys preventExtensions seal length name prototype',
  Array: 'isArray length name prototype',
  Number: 'MAX_VALUE MIN_VALUE NEGATIVE_INFINITY NaN POSITIVE_INFINITY length name prototype',
  String: 'fromCharCode length name prototype',
  Math: 'E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs acos asin atan atan2 ceil cos exp floor log max min pow random round sin sqrt tan',
  'Array.prototype':
    'concat constructor every filter forEach indexOf join lastIndexOf length map pop push reduce reduceRight reverse shift slice some sort splice toLocaleString toString unshift',
  'String.prototype':
    'charAt charCodeAt concat constructor indexOf lastIndexOf length localeCompare match replace search slice split substr substring toLocaleLowerCase toLocaleUpperCase toLowerCase toString toUpperCase trim valueOf',
}
const GONE =
  'fetch Request Response Headers ReadableStream WritableStream TransformStream AbortController AbortSignal TextDecoder TextEncoder URL URLSearchParams EventTarget Event MessageEvent CustomEvent DOMException MessageChannel MessagePort EventSource Symbol Map Set WeakMap WeakSet WeakRef FinalizationRegistry Proxy Reflect globalThis BigInt queueMicrotask structuredClone scheduler Iterator AggregateError'

const age = `
(function () {
  var keep = ${JSON.stringify(KEEP)};
  Object.getOwnPropertyNames(keep).forEach(function (path) {
    var target = window;
    path.split('.').forEach(function (name) { target = target[name]; });
    var kept = keep[path].split(' ');
    Object.getOwnPropertyNames(target).forEach(function (name) {
      if (kept.indexOf(name) < 0) delete target[name];
    });
  });
  '${GONE}'.split(' ').forEach(function (name) { delete window[name]; });
})();`

let pages = 0

/** Runs a script, with \`SSEClient\` loaded from a file, in a page of the old engine; returns what it gives to \`report\`. */
async function run(file: string, script: string): Promise<unknown> {
  const path = `/old${++pages}`
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  try {
    return await new Promise((done, reject) => {
      server.on(path, (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>old</title>
          <script>${age}</script>
          <script src="/lib/${file}"></script>
          <script>
            function report(value) {
              var request = new XMLHttpRequest();
              request.open('POST', '${path}/report');
              request.send(JSON.stringify(value));
            }
            try { ${script} } catch (error) { report('thrown: ' + error.stack); }
          </script>`)
      })
      server.on(`${path}/report`, async (request, response) => {
        let body = ''
        for await (const chunk of request) body += chunk
        response.end()
        done(JSON.parse(body))
      })
      page.on('pageerror', reject)
      page.goto(server.origin + path).catch(reject)
    })
  } finally {
    await page.close()
  }
}

describe.each(['sse-client.js', 'sse-client.min.js'])('%s', file => {
  it('parses as ES5', async () => {
    const code = await readFile(resolve(lib, file), 'utf8')
    expect(() => parse(code, { ecmaVersion: 5 })).not.toThrow()
    expect(() => parse(`${code}\nlet a`, { ecmaVersion: 5 })).toThrow()
  })

  it('adds one global, and no more', async () => {
    const page = await browser.newPage()
    await page.goto(server.origin)
    const added = await page.evaluate(async file => {
      const before = new Set(Object.getOwnPropertyNames(window))
      await new Promise(done => {
        const script = document.createElement('script')
        script.src = `/lib/${file}`
        script.onload = done
        document.head.append(script)
      })
      return Object.getOwnPropertyNames(window).filter(name => !before.has(name))
    }, file)
    await page.close()
    expect(added).toEqual(['SSEClient'])
  })

  it('has a parser', async () => {
    const seen = await run(
      file,
      `var seen = [typeof fetch, typeof Symbol, typeof Map, typeof ''.startsWith];
       var parser = SSEClient.createParser({ onEvent: function (event) { seen.push(event.type, event.data, event.lastEventId); } });
       parser.push('\\ufeffid:1\\r\\ndata:a\\r'); parser.push('\\ndata:b\\r\\n\\r\\n');
       report(seen);`,
    )
    expect(seen).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'message', 'a\nb', '1'])
  })

  it('has an EventSource, over XMLHttpRequest', async () => {
    const ids: unknown[] = []
    const events = `/es5${++pages}`
    server.on(events, (request, response) => {
      ids.push(request.headers['last-event-id'])
      // Bytes of one letter in two pieces, and a type that claims another charset.
      const text = Buffer.from('\ufeffretry:20\nid:é\nevent:named\ndata:漢字\n\ndata:b\n\n')
      response.writeHead(200, { 'content-type': 'text/event-stream;charset=windows-1252' })
      response.write(text.subarray(0, text.indexOf('字') + 1))
      setTimeout(() => response.end(text.subarray(text.indexOf('字') + 1)), 30)
    })
    const seen = await run(
      file,
      `var seen = [], source = new SSEClient.EventSource('${events}');
       var note = function (event) {
         seen.push([event.type, source.readyState, event.data, event.lastEventId, event.origin, event.target === source]);
         if (seen.length === 6) { source.close(); seen.push(source.readyState, source.url, String(source instanceof SSEClient.EventSource)); report(seen); }
       };
       source.onopen = source.onerror = note;
       source.addEventListener('message', { handleEvent: note });
       source.addEventListener('named', note, { once: true });`,
    )
    const { origin } = server
    expect(seen).toEqual(
      [
        ['open', 1, null, null, null, true],
        ['named', 1, '漢字', 'é', origin, true],
        ['message', 1, 'b', 'é', origin, true],
        ['error', 0, null, null, null, true],
        ['open', 1, null, null, null, true],
        ['message', 1, 'b', 'é', origin, true],
        2,
        origin + events,
        'true',
      ].map(entry => (Array.isArray(entry) ? entry.map(value => value ?? null) : entry)),
    )
    expect(Buffer.from(ids[1] as string, 'latin1').toString()).toBe('é')
  })

  it('closes at a status or a type that is none of an event stream, and throws at a wrong address', async () => {
    const gone = `/es5${++pages}`
    server.on(gone, (_, response) => response.writeHead(204).end())
    const seen = await run(
      file,
      `var seen = [], left = 2;
       var watch = function (url) {
         var source = new SSEClient.EventSource(url);
         source.onerror = function () { seen.push([url, source.readyState]); if (--left === 0) report(seen.sort()); };
       };
       watch('${gone}'); watch('/');
       try { new SSEClient.EventSource('http://[::1/'); } catch (error) { seen.push([error.name, 0]); }
       try { SSEClient.EventSource('/'); } catch (error) { seen.push([error.name, 1]); }`,
    )
    expect(seen).toEqual([
      ['/', 2],
      [gone, 2],
      ['SyntaxError', 0],
      ['TypeError', 1],
    ])
  })

  it('has createEventStream with headers, body, next() and errors', async () => {
    const events = `/es5${++pages}`
    server.on(events, async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      if (server.count(events) === 1) return response.writeHead(503, { 'X-Why': 'busy' }).end('try later')
      beginStream(
        response,
        `id:7\ndata:${request.method} ${request.headers['x-token']} ${body}\n\ndata:b\n\n`,
      )
      response.end()
    })
    const seen = await run(
      file,
      `var seen = [], tries = 0;
       var stream = SSEClient.createEventStream({
         url: '${events}', body: 'hello', onEnd: 'stop', retry: 5,
         headers: function () { return { 'X-Token': 't' + ++tries }; },
         onError: function (error, delay) { seen.push([error.code, error.status, error.header('x-why'), error.body, delay, SSEClient.isStreamError(error)]); }
       });
       stream.next().then(function (result) {
         seen.push(result.value.data, stream.lastEventId);
         return stream.next();
       }).then(function (result) {
         seen.push(result.value.data);
         return stream.next();
       }).then(function (result) {
         seen.push(result.done, stream.state);
         report(seen);
       });`,
    )
    expect(seen).toEqual([
      ['status', 503, 'busy', 'try later', 5, true],
      'POST t2 hello',
      '7',
      'b',
      true,
      'closed',
    ])
  })
})
