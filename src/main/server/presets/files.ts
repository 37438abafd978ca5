import { z } from 'zod'
import {
  PHRASES_FILE_VERSION,
  type PhraseInput,
  type PhrasesFile,
  phrasesFile,
} from '../../../shared/phrase.ts'
import {
  SPEAKERS_FILE_VERSION,
  type SpeakerInput,
  type SpeakersFile,
  speakersFile,
} from '../../../shared/speaker.ts'
import type { Assets } from '../assets/index.ts'
import { ownerKey } from '../auth/index.ts'
import { answer } from '../http/answer.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { versionedFile } from '../http/versioned-file.ts'
import type { Presets } from './presets.ts'

/** Bytes of a file with its pictures. */
const FILE_BYTES = 64 * 1024 * 1024

/** Ids of the assets that a speaker shows. */
function pictures({ avatar, expressions }: SpeakerInput): string[] {
  return [avatar, ...expressions.map(expression => expression.asset)].filter(id => id !== '')
}

/** @param ids from the file's asset ids to those here; a picture that the file lacks is left out. */
function withPictures(speaker: SpeakerInput, ids: ReadonlyMap<string, string>): SpeakerInput {
  return {
    ...speaker,
    avatar: ids.get(speaker.avatar) ?? '',
    expressions: speaker.expressions.flatMap(({ name, asset }) => {
      const here = ids.get(asset)
      return here ? [{ name, asset: here }] : []
    }),
  }
}

interface FileRouteParts {
  speakers: Presets<SpeakerInput>
  phrases: Presets<PhraseInput>
  assets: Assets
}

/** Speakers and phrases as files, to take along or to share. */
export function presetFileRoutes({ speakers, phrases, assets }: FileRouteParts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/speakers/export',
      summary: 'Your speakers as one file, pictures included',
      tag: 'speakers',
      access: { kind: 'scope', scope: 'manage' },
      success: { status: 200, description: 'The file.', schema: speakersFile },
      async handle({ principal }) {
        const items = await speakers.list(ownerKey(principal!))
        const ids = new Set(items.flatMap(pictures))
        const file: SpeakersFile = {
          kind: 'streaming-message/speakers',
          version: SPEAKERS_FILE_VERSION,
          speakers: items.map(({ id: _, ...speaker }) => speaker),
          assets: await assets.dataUrls([...ids]),
        }
        return { body: file }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/speakers/import',
      summary: 'Add the speakers of a file; one of the same name is replaced',
      tag: 'speakers',
      access: { kind: 'scope', scope: 'manage' },
      body: versionedFile('streaming-message/speakers', SPEAKERS_FILE_VERSION, speakersFile),
      bodyLimit: FILE_BYTES,
      success: {
        status: 200,
        description: 'How many were added and changed.',
        schema: answer({ added: z.int(), changed: z.int() }),
      },
      errors: ['bad-json', 'invalid-input', 'wrong-file', 'newer-version', 'unsupported-type', 'too-large'],
      async handle({ principal, body }) {
        const owner = ownerKey(principal!)
        const renamed = await assets.addDataUrls(owner, body.assets)
        const inputs = body.speakers.map(speaker => withPictures(speaker, renamed))
        const { added, changed } = await speakers.merge(owner, kept => {
          const known = new Map(kept.map(speaker => [speaker.name, speaker.id]))
          return {
            added: inputs.filter(speaker => !known.has(speaker.name)),
            changed: inputs.flatMap(speaker => {
              const id = known.get(speaker.name)
              return id === undefined ? [] : [{ ...speaker, id }]
            }),
          }
        })
        return {
          body: { success: true, code: 200, msg: 'imported', added: added.length, changed: changed.length },
        }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/phrases/export',
      summary: 'Your phrases as one file',
      tag: 'phrases',
      access: { kind: 'scope', scope: 'manage' },
      success: { status: 200, description: 'The file.', schema: phrasesFile },
      async handle({ principal }) {
        const items = await phrases.list(ownerKey(principal!))
        const file: PhrasesFile = {
          kind: 'streaming-message/phrases',
          version: PHRASES_FILE_VERSION,
          phrases: items.map(({ id: _, ...phrase }) => phrase),
        }
        return { body: file }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/phrases/import',
      summary: 'Add the phrases of a file; those that are there already are left out',
      tag: 'phrases',
      access: { kind: 'scope', scope: 'manage' },
      body: versionedFile('streaming-message/phrases', PHRASES_FILE_VERSION, phrasesFile),
      bodyLimit: FILE_BYTES,
      success: { status: 200, description: 'How many were added.', schema: answer({ added: z.int() }) },
      errors: ['bad-json', 'invalid-input', 'wrong-file', 'newer-version', 'unsupported-type', 'too-large'],
      async handle({ principal, body }) {
        const owner = ownerKey(principal!)
        const same = ({ folder, speaker, text }: PhraseInput) => JSON.stringify([folder, speaker, text])
        const { added } = await phrases.merge(owner, kept => {
          const known = new Set(kept.map(same))
          return { added: body.phrases.filter(phrase => !known.has(same(phrase))), changed: [] }
        })
        return { body: { success: true, code: 200, msg: 'imported', added: added.length } }
      },
    }),
  ]
}
