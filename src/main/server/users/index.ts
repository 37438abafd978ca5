export { checkPassword } from './passwords.ts'
export { userRoutes } from './routes.ts'
export { createUsers, toUser, type UserRecord, type Users } from './users.ts'
