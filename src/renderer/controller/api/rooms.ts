import type { Room, RoomSettingsPatch } from '../../../shared/room.ts'
import { gone } from './gone.ts'
import type { Request, Result } from './request.ts'

export const listRooms = (request: Request): Promise<Result<{ rooms: Room[] }>> => request('/api/v1/rooms')

export const getRoom = (request: Request, room: string): Promise<Result<{ room: Room }>> =>
  request(`/api/v1/rooms/${room}`)

export const createRoom = (request: Request, id: string, name: string): Promise<Result<{ room: Room }>> =>
  request('/api/v1/rooms', { method: 'POST', body: { id, name } })

export interface RoomChange {
  name?: string
  settings?: RoomSettingsPatch
  /** Null opens the room to everybody. */
  watchKey?: string | null
  isDefault?: true
  /** The version that the change was made on; an older one than the server's is answered with 409. */
  version?: number
}

export const changeRoom = (
  request: Request,
  room: string,
  change: RoomChange,
): Promise<Result<{ room: Room }>> => request(`/api/v1/rooms/${room}`, { method: 'PATCH', body: change })

export const deleteRoom = (request: Request, room: string): Promise<Result<unknown>> =>
  gone(request(`/api/v1/rooms/${room}`, { method: 'DELETE' }))
