import { type Store, sharedValue } from '../store/index.ts'
import type { Backplane } from './backplane.ts'
import { createMemoryBackplane } from './memory.ts'

/**
 * @param redisUrl `REDIS_URL`; absent = this server alone.
 * @throws StartError.
 */
export async function createBackplane(redisUrl: string | undefined, store: Store): Promise<Backplane> {
  if (!redisUrl) return createMemoryBackplane()
  // Servers of another database may share the Redis.
  const cluster = await sharedValue(store.db, 'cluster', 6)
  // Most servers are alone: the client's code is read, and kept in memory, only where there is a Redis.
  const { createRedisBackplane } = await import('./redis.ts')
  return createRedisBackplane({ url: redisUrl, prefix: `streaming-message:${cluster}:` })
}
