export { createPeers, type Peers } from './peers.ts'
export { createPresence, type Presence } from './presence.ts'
