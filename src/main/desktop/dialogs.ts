import { app, dialog } from 'electron'
import type { StartError } from '../server/index.ts'
import type { Words } from './words.ts'

/** The server cannot start: what is wrong, and every way on. Resolves with the user's choice; quitting ends the app. */
export async function askAboutStart(
  error: StartError,
  words: Words['dialogs'],
): Promise<{ dataDir: string } | 'retry'> {
  const aboutData = error.reason === 'data-dir' || error.reason === 'database'
  const choices = [...(aboutData ? (['choose'] as const) : []), 'retry' as const, 'quit' as const]
  const labels = { choose: words.dataChoose, retry: words.retry, quit: words.quit }
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: aboutData ? words.dataTitle : words.startTitle,
    detail: `${words.start[error.reason]}\n\n${error.message}`,
    buttons: choices.map(one => labels[one]),
    defaultId: 0,
    cancelId: choices.length - 1,
  })
  const choice = choices[response] ?? 'quit'
  if (choice === 'retry') return 'retry'
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
