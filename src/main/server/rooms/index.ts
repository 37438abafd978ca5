export { createRooms, newEpoch, type RoomRecord, type Rooms, toRoom } from './rooms.ts'
export { roomRoutes } from './routes.ts'
export { createStage, type Stage } from './stage.ts'
