import type { CreateCompanion } from './companion.ts'
import { createChatList } from './layouts/chat-list.ts'
import { createCast } from './sprites/cast.ts'
import { createProgress } from './stage/progress.ts'

/** What every player has beside its text. */
export const standardCompanions: readonly CreateCompanion[] = [createChatList, createCast, createProgress]
