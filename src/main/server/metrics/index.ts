export { createMetrics } from './metrics.ts'
export { metricsRoute } from './routes.ts'
