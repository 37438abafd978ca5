/** What became of a user or a device. */
export type Topic = 'user_online' | 'user_offline' | 'device_online' | 'device_offline'

export type Reason =
  | 'device_connected'
  | 'device_disconnect'
  | 'extrude_offline'
  | 'kick_offline'
  | 'instance_close'
  | 'instance_clear'
  | 'heartbeat_fail'

/** As go-sse-broker's subscribers of its Redis channels read it. */
export interface StateChange {
  uid: string
  /** The device's name; `device_id` is the same, under the name that go-sse-broker's README gives it. */
  device: string
  device_id: string
  /** `YYYY-MM-DD HH:MM:SS`, local time. */
  trigger_time: string
  reason: Reason
  /** What a kick was given to say; else the client's address. */
  payload: string
}

export interface TopicChange {
  topic: Topic
  change: StateChange
}

/** @param time epoch milliseconds. @returns `YYYY-MM-DD HH:MM:SS`, local time. */
export function formatTime(time: number): string {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`
}

export function stateChange(
  topic: Topic,
  { uid, name }: { uid: string; name: string },
  reason: Reason,
  payload: string,
): TopicChange {
  const trigger_time = formatTime(Date.now())
  return { topic, change: { uid, device: name, device_id: name, trigger_time, reason, payload } }
}
