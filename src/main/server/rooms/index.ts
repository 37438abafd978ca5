export { createRooms, newEpoch, type RoomChangeKind, type RoomRecord, type Rooms, toRoom } from './rooms.ts'
export { roomRoutes } from './routes.ts'
export { createStage, type Stage, type StageState } from './stage.ts'
