import { z } from 'zod'
import type { ObsConnection } from './connection.ts'
import { ObsError, requestFailure, STATUS } from './failures.ts'

/** OBS's browser source that shows the player: made, brought up to date, refreshed. */

export interface SourceWish {
  scene: string
  name: string
  url: string
  width: number
  height: number
}

export interface BrowserSource {
  name: string
  url: string
}

const KIND = 'browser_source'
const nothing = z.unknown()
const inputList = z.object({ inputs: z.array(z.object({ inputName: z.string() })).max(10_000) })
const kindList = z.object({ inputKinds: z.array(z.string()).max(10_000) })
const settingsAnswer = z.object({
  inputKind: z.string(),
  inputSettings: z.looseObject({ url: z.string().optional() }),
})
const itemAnswer = z.object({ sceneItemId: z.number() })

function settingsFor({ url, width, height }: SourceWish): object {
  return {
    url,
    width,
    height,
    is_local_file: false,
    // The page brings its own transparent ground.
    css: '',
    // Lines and their sound go to the stream's mixer, not to the desktop.
    reroute_audio: true,
    // Kept running while hidden, so that nothing has to be loaded when the scene comes.
    shutdown: false,
    restart_when_active: false,
    fps_custom: true,
    fps: 60,
    // The page may ask OBS for nothing.
    webpage_control_level: 0,
  }
}

/** Creates the source in the scene; one of that name is changed and put into the scene where it is missing there. */
export async function putSource(
  obs: ObsConnection,
  wish: SourceWish,
): Promise<{ created: boolean; name: string }> {
  const { inputKinds } = await obs.call('GetInputKindList', { unversioned: true }, kindList)
  if (!inputKinds.includes(KIND)) throw new ObsError('no-browser-source')
  const inputSettings = settingsFor(wish)
  const input = {
    sceneName: wish.scene,
    inputName: wish.name,
    inputKind: KIND,
    inputSettings,
    sceneItemEnabled: true,
  }
  try {
    await obs.call('CreateInput', input, nothing)
    return { created: true, name: wish.name }
  } catch (error) {
    if ((error as { code?: unknown }).code !== STATUS.ResourceAlreadyExists) throw createFailure(error)
  }
  const known = await settingsOf(obs, wish.name)
  if (known.inputKind !== KIND) throw new ObsError('name-taken')
  await obs.call('SetInputSettings', { inputName: wish.name, inputSettings, overlay: true }, nothing)
  await putIntoScene(obs, wish)
  return { created: false, name: wish.name }
}

async function putIntoScene(obs: ObsConnection, { scene, name }: SourceWish): Promise<void> {
  const item = { sceneName: scene, sourceName: name }
  try {
    await obs.call('GetSceneItemId', item, itemAnswer)
  } catch (error) {
    if ((error as { code?: unknown }).code !== STATUS.ResourceNotFound) throw createFailure(error)
    await obs.call('CreateSceneItem', item, nothing).catch(refusal => {
      throw createFailure(refusal)
    })
  }
}

function createFailure(error: unknown): ObsError {
  return requestFailure(error, {
    [STATUS.ResourceNotFound]: 'scene-missing',
    [STATUS.InvalidResourceType]: 'scene-missing',
    [STATUS.InvalidInputKind]: 'no-browser-source',
  })
}

async function settingsOf(obs: ObsConnection, inputName: string) {
  try {
    return await obs.call('GetInputSettings', { inputName }, settingsAnswer)
  } catch (error) {
    throw requestFailure(error, { [STATUS.ResourceNotFound]: 'source-missing' })
  }
}

/** Those that show an address of this server, on whatever name of this machine. */
export async function ownSources(obs: ObsConnection, port: number): Promise<BrowserSource[]> {
  const { inputs } = await obs.call('GetInputList', { inputKind: KIND }, inputList)
  const found = await Promise.all(
    inputs.map(async ({ inputName }) => {
      // One that was removed since the list was made is none of ours either.
      const known = await unlessMissing(settingsOf(obs, inputName))
      return { name: inputName, url: known?.inputSettings.url ?? '' }
    }),
  )
  return found.filter(({ url }) => URL.canParse(url) && Number(new URL(url).port || '80') === port)
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ObsError && error.failure === 'source-missing') return undefined
    throw error
  }
}

/**
 * Presses the source's own refresh button: obs-websocket has no request for it (obs-websocket#972).
 *
 * @returns false where it is gone
 */
export async function refreshSource(obs: ObsConnection, inputName: string): Promise<boolean> {
  try {
    await obs.call('PressInputPropertiesButton', { inputName, propertyName: 'refreshnocache' }, nothing)
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code === STATUS.ResourceNotFound) return false
    throw requestFailure(error, {})
  }
}

/** A closed caption of the running stream. */
export async function sendCaption(obs: ObsConnection, captionText: string): Promise<void> {
  try {
    await obs.call('SendStreamCaption', { captionText }, nothing)
  } catch (error) {
    throw requestFailure(error, { [STATUS.OutputNotRunning]: 'not-streaming' })
  }
}
