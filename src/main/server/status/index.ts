export { type Address, isLoopback, listAddresses } from './addresses.ts'
export { createLanSwitch, hostToListenOn, type LanSwitch } from './lan.ts'
export { statusRoutes } from './routes.ts'
