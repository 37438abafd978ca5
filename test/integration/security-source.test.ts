import { existsSync, globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

/** What no test can see at work, because it is the absence of something: Electron's checklist, points 2 to 11. */

const root = resolve(import.meta.dirname, '../..')
const sources = globSync('src/{main,preload}/**/*.ts', { cwd: root }).map(name => ({
  name,
  text: readFileSync(resolve(root, name), 'utf8'),
}))

test('every window is sandboxed, isolated and without Node', () => {
  const code = sources.filter(({ name }) => !name.endsWith('.test.ts'))
  const count = (text: string, part: string) => text.split(part).length - 1
  const windows = code.filter(({ text }) => text.includes('new BrowserWindow('))
  expect(windows.length).toBeGreaterThanOrEqual(3)
  for (const { name, text } of windows)
    expect(text, `${name} lets its page go anywhere`).toContain('confine(')
  // A window's options may stand in a file of their own; none is without.
  const all = code.map(({ text }) => text).join('\n')
  expect(count(all, 'webPreferences: {')).toBe(count(all, 'new BrowserWindow('))
  for (const { name, text } of code)
    for (const setting of ['sandbox: true', 'contextIsolation: true', 'nodeIntegration: false'])
      expect(count(text, setting), `${name}: ${setting}`).toBe(count(text, 'webPreferences: {'))
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

test('docs/security.md names files and tests that are there', () => {
  const text = readFileSync(resolve(root, 'docs/security.md'), 'utf8')
  const files = globSync('{src,test,docs}/**/*.{ts,tsx,md}', { cwd: root })
  const named = [...text.matchAll(/`([\w./-]+\.(?:ts|yml))`/g)].map(match => match[1]!)
  expect(named.length).toBeGreaterThan(20)
  for (const name of named)
    expect(
      existsSync(resolve(root, name)) || files.some(file => file.endsWith(`/${name}`)),
      `${name} is not there`,
    ).toBe(true)

  const tests = files.filter(name => /\.(?:test|spec)\.ts$/.test(name))
  const titles = tests.map(name => readFileSync(resolve(root, name), 'utf8')).join('\n')
  const quoted = [...text.matchAll(/(?:test|spec\.ts`) "([^"]+)"/g)].map(match => match[1]!)
  expect(quoted.length).toBeGreaterThan(5)
  for (const title of quoted) expect(titles.includes(title), `no test is called "${title}"`).toBe(true)
})
