import { createHash } from 'node:crypto'
import type { NodeRecord, Nodes } from '../backplane/index.ts'
import type { Database } from '../store/index.ts'
import type { DeviceRow } from './registry.ts'
import { formatTime } from './state-change.ts'

/** What `/info` tells; the fields are go-sse-broker's. */
export interface Info {
  device(name: string): Promise<object>
  user(uid: string): Promise<object>
  /** @param address of a server, with or without its port. */
  instance(address: string): Promise<object>
  cluster(): Promise<object>
}

export function createInfo(db: Database, nodes: Nodes): Info {
  const online = () => db.selectFrom('broker_devices').where('node', 'is not', null)

  async function addresses(): Promise<Map<string, string>> {
    return new Map((await nodes.list()).map(node => [node.id, node.address]))
  }

  async function countsByNode(): Promise<Map<string, number>> {
    const rows = await online()
      .select(['node', eb => eb.fn.countAll<number>().as('count')])
      .groupBy('node')
      .execute()
    return new Map(rows.map(row => [row.node!, Number(row.count)]))
  }

  return {
    async device(name) {
      const row = await online().selectAll().where('name', '=', name).executeTakeFirst()
      return row ? describeDevice(row, await addresses(), true) : NO_DEVICE
    },
    async user(uid) {
      const rows = await online()
        .selectAll()
        .where('uid', '=', uid)
        .orderBy('login_time')
        .orderBy('name')
        .execute()
      if (rows.length === 0) return NO_USER
      const at = await addresses()
      return {
        online: true,
        uid,
        login_time: formatTime(rows[0]!.login_time),
        last_touch_time: formatTime(Math.max(...rows.map(row => row.last_touch_time))),
        devices: rows.map(row => describeDevice(row, at, false)),
      }
    },
    async instance(address) {
      const node = (await nodes.list()).find(
        one => one.address === address || hostOf(one.address) === address,
      )
      if (!node) return NO_INSTANCE
      return describeNode(node, await countsByNode())
    },
    async cluster() {
      const [list, counts, users] = await Promise.all([
        nodes.list(),
        countsByNode(),
        online()
          .select(eb => eb.fn.count<number>('uid').distinct().as('count'))
          .executeTakeFirst(),
      ])
      const instances = list.map(node => describeNode(node, counts))
      return {
        instance_count: instances.length,
        user_count: Number(users?.count ?? 0),
        device_count: instances.reduce((sum, one) => sum + one.device_count, 0),
        instances,
      }
    },
  }
}

function describeDevice(row: DeviceRow, addresses: Map<string, string>, withOnline: boolean): object {
  return {
    ...(withOnline ? { online: true } : {}),
    // An opaque alias that go-sse-broker's clients expect; nothing here is found by it.
    device_id: createHash('md5').update(row.name).digest('hex'),
    device_name: row.name,
    uid: row.uid,
    login_time: formatTime(row.login_time),
    instance_address: addresses.get(row.node!) ?? '',
    device_address: row.address,
    last_touch_time: formatTime(row.last_touch_time),
    last_frame_id: row.last_frame_id,
  }
}

function describeNode({ id, version, address, startedAt }: NodeRecord, counts: Map<string, number>) {
  return {
    online: true,
    version,
    address,
    start_time: formatTime(startedAt),
    device_count: counts.get(id) ?? 0,
  }
}

const hostOf = (address: string) => address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')

const NO_DEVICE = {
  online: false,
  device_id: '',
  device_name: '',
  uid: '',
  login_time: '',
  instance_address: '',
  device_address: '',
  last_touch_time: '',
  last_frame_id: 0,
}
const NO_USER = { online: false, uid: '', login_time: '', last_touch_time: '', devices: [] }
const NO_INSTANCE = { online: false, version: '', address: '', start_time: '', device_count: 0 }
