import { root } from './platform.ts'

/** How the parts of an event source that need it get at addresses. */
export interface Addresses {
  /** The address made absolute against the page or worker. Throws if it is none. */
  resolve(url: string): string
  /** The origin of an absolute address, as MessageEvent gives it. */
  originOf(url: string): string
}

export const addresses: Addresses = {
  resolve: url => new URL(url, root.document?.baseURI || root.location?.href).href,
  originOf: url => new URL(url).origin,
}
