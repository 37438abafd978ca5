/**
 * For modules in engines without fetch streams, such as React Native: `createEventStream({ transport: xhrTransport, … })`.
 * @module
 */
export { xhrTransport } from './xhr-transport.ts'
