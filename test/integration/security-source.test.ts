import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

/** What no test can see at work, because it is the absence of something: Electron's checklist, points 2 to 11. */

const root = resolve(import.meta.dirname, '../..')
const sources = globSync('src/{main,preload}/**/*.ts', { cwd: root }).map(name => ({
  name,
  text: readFileSync(resolve(root, name), 'utf8'),
}))

test('every window is sandboxed, isolated and without Node', () => {
  const windows = sources.filter(({ text }) => text.includes('new BrowserWindow('))
  expect(windows.length).toBeGreaterThanOrEqual(3)
  for (const { name, text } of windows) {
    const count = text.split('new BrowserWindow(').length - 1
    for (const setting of ['sandbox: true', 'contextIsolation: true', 'nodeIntegration: false']) {
      expect(text.split(setting).length - 1, `${name}: ${setting}`).toBe(count)
    }
    expect(text, `${name} lets its page go anywhere`).toContain('confine(')
  }
})

test('nothing switches off what protects pages', () => {
  const forbidden =
    /\b(?:webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|allowpopups|webviewTag|nodeIntegrationInWorker|nodeIntegrationInSubFrames)\b|disable-web-security|ignore-certificate-errors|no-sandbox/
  for (const { name, text } of sources.filter(one => !one.name.endsWith('.test.ts'))) {
    expect(forbidden.exec(text)?.[0], name).toBeUndefined()
  }
})

test('the bridge hands pages no Electron object, and only our own pages and what was asked about open outside', () => {
  for (const { name, text } of sources.filter(one => one.name.startsWith('src/preload/'))) {
    expect(text, name).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer\s*[,)]/)
  }
  const opening = sources.filter(({ text }) => text.includes('openExternal('))
  expect(opening.map(({ name }) => name).sort()).toEqual([
    'src/main/desktop/links.ts',
    'src/main/desktop/windows/controller.ts',
  ])
  // The controller opens nothing by itself but pages of our own server.
  expect(opening[1]!.text).toMatch(
    /url\.origin === options\.origin\(\)\s*\? void shell\.openExternal\(url\.href\)/,
  )
})
