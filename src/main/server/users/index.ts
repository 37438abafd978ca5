export { checkPassword } from './passwords.ts'
export { createUsers, toUser, type UserRecord, type Users } from './users.ts'
