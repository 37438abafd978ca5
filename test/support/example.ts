import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { isMessage, openTestStream } from './events.ts'
import { startTestServer, type TestServer } from './server.ts'

/** A server of its own, and examples that are run against it in their folders, as their READMEs say. */
export interface ExampleBench {
  server: TestServer
  /** Starts a command; the lines that it prints can be waited for. */
  start(
    folder: string,
    command: string,
    env?: Record<string, string>,
  ): { line(pattern: RegExp): Promise<RegExpExecArray> }
  /** Runs a command to its end. */
  run(folder: string, command: string): Promise<{ stdout: string }>
  /** Listens to the default room from now on. @returns waits for so many messages: speaker and text of each */
  listen(): Promise<(count: number) => Promise<[string, string][]>>
  /** Done by {@link tidy}. */
  onTidy(close: () => void): void
  /** Ends what a test started. */
  tidy(): void
}

export const examples = resolve(import.meta.dirname, '../../examples')

export async function startExampleBench(): Promise<ExampleBench> {
  const server = await startTestServer()
  const children: ChildProcess[] = []
  const closing: (() => void)[] = []
  const environment = (env: Record<string, string> = {}) => ({
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    HOME: process.env.HOME,
    npm_config_update_notifier: 'false',
    PORT: '0',
    SM_URL: server.url,
    SM_TOKEN: server.token,
    ...env,
  })

  return {
    server,
    start(folder, command, env) {
      const child = spawn('sh', ['-c', command], {
        cwd: resolve(examples, folder),
        env: environment(env),
        stdio: ['ignore', 'pipe', 'inherit'],
        // A group of its own, so that what npm starts ends with it.
        detached: true,
      })
      children.push(child)
      const seen: string[] = []
      const reader = createInterface({ input: child.stdout }).on('line', text => seen.push(text))
      return {
        line: pattern =>
          new Promise((done, fail) => {
            const look = (text: string) => {
              const match = pattern.exec(text)
              if (match) done(match)
            }
            seen.forEach(look)
            reader.on('line', look)
            child.once('exit', code => fail(new Error(`${command} in ${folder} ended with ${code}`)))
          }),
      }
    },
    run: (folder, command) =>
      promisify(execFile)('sh', ['-c', command], { cwd: resolve(examples, folder), env: environment() }),
    async listen() {
      const stream = await openTestStream(`${server.url}/api/v1/events?since=now`)
      closing.push(stream.close)
      return async count => {
        const events = await stream.waitForCount(count, isMessage)
        return events.map(event => JSON.parse(event.data)).map(({ speaker, data }) => [speaker, data.message])
      }
    },
    onTidy: close => closing.push(close),
    tidy() {
      for (const child of children.splice(0)) if (child.exitCode === null) process.kill(-child.pid!)
      for (const close of closing.splice(0)) close()
    },
  }
}
