import { encodePageEvent } from './encode.ts'
import { Frame } from './frame.ts'
import type { Sink } from './stream.ts'

/** A page's share of a stream that carries several pages: each event goes wrapped with the page's name. */
export function createPageSink(page: string, stream: Sink, onEnd: () => void): Sink {
  return {
    write(frame) {
      // A comment is the stream's own business; one reaches it through each page, which is often enough.
      if (frame.events.length === 0) stream.write(frame)
      else stream.write(Frame.text(frame.events.map(event => encodePageEvent(page, event)).join('')))
    },
    get backlogBytes() {
      return stream.backlogBytes
    },
    drained: () => stream.drained(),
    // The stream stays open for the other pages, so this one has to be told that its share is over.
    end() {
      stream.write(Frame.text(`event: ended\ndata: ${page}\n\n`))
      onEnd()
    },
  }
}
