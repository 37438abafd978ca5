import type { CreateCompanion } from './companion.ts'
import { createChatList } from './layouts/chat-list.ts'
import { createReadAloud } from './sound/read-aloud.ts'
import { createSounds } from './sound/sounds.ts'
import { createCast } from './sprites/cast.ts'
import { createBar } from './stage/bar.ts'
import { createProgress } from './stage/progress.ts'

/** What every player has beside its text. */
export const standardCompanions: readonly CreateCompanion[] = [
  createChatList,
  createCast,
  createProgress,
  createBar,
]

/** What is heard, and not wanted on a muted page or in a preview. */
export const soundCompanions: readonly CreateCompanion[] = [createSounds, createReadAloud]
