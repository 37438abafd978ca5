import { app, dialog } from 'electron'
import type { StartError } from '../server/index.ts'
import type { WaysOn } from './server-life.ts'
import type { Words } from './words.ts'

/** The server cannot start: what is wrong, and every way on. Resolves with the user's choice; quitting ends the app. */
export async function askAboutStart(
  error: StartError,
  { choose, back }: WaysOn,
  words: Words['dialogs'],
): Promise<{ dataDir: string } | 'back' | 'retry'> {
  const aboutData = error.reason === 'data-dir' || error.reason === 'database'
  const choices: ('choose' | 'back' | 'retry' | 'quit')[] = ['retry', 'quit']
  if (aboutData && back) choices.unshift('back')
  if (aboutData && choose) choices.unshift('choose')
  const labels = {
    choose: words.dataChoose,
    back: back === 'before' ? words.dataBefore : words.dataOwn,
    retry: words.retry,
    quit: words.quit,
  }
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: aboutData ? words.dataTitle : words.startTitle,
    detail: `${words.start[error.reason]}\n\n${error.message}`,
    buttons: choices.map(one => labels[one]),
    defaultId: 0,
    // Who closes the question about another folder wants none.
    cancelId: back === 'before' && aboutData ? choices.indexOf('back') : choices.length - 1,
  })
  const choice = choices[response] ?? 'quit'
  if (choice === 'retry' || choice === 'back') return choice
  if (choice === 'choose') {
    const dataDir = await askForFolder()
    return dataDir === undefined ? 'retry' : { dataDir }
  }
  app.exit(1)
  // The process ends: nothing may go on meanwhile.
  return new Promise(() => undefined)
}

export async function askForFolder(): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    properties: ['openDirectory', 'createDirectory'],
  })
  return canceled ? undefined : filePaths[0]
}
