export { toPlayerInfo } from './players.ts'
export { closeForGood, closeRevoked, subscriberRoutes } from './routes.ts'
export { sharedStreamRoutes } from './shared-streams.ts'
export { createSubscriptions, type Subscriptions } from './subscribe.ts'
