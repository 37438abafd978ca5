export { type Address, isLoopback, listAddresses } from './addresses.ts'
export { statusRoutes } from './routes.ts'
