export { type Actor, AUDIT_KEPT, type Audit, createAudit } from './audit.ts'
export { auditRoutes } from './routes.ts'
