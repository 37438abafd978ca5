import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLogFile } from './log-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('writes a line with its time, and reads the newest ones back', () => {
  const log = openLogFile(folder, () => new Date(0))
  log.write('one')
  log.write('two\nlines')
  expect(log.tail(2)).toBe('1970-01-01T00:00:00.000Z two\n  lines')
})

it('keeps three older files and no more', () => {
  const log = openLogFile(folder)
  for (let count = 0; count < 6; count += 1) log.write('x'.repeat(1_048_577))
  expect(readdirSync(folder).sort()).toEqual(['main.log', 'main.log.1', 'main.log.2', 'main.log.3'])
})

it('lets the app go on where the folder cannot be written', () => {
  writeFileSync(join(folder, 'file'), '')
  const log = openLogFile(join(folder, 'file', 'logs'))
  log.write('one')
  log.write('two')
  expect(log.tail(5)).toBe('')
})

it('has nothing to tell where its file cannot be read', () => {
  mkdirSync(join(folder, 'main.log'))
  expect(openLogFile(folder).tail(5)).toBe('')
})
