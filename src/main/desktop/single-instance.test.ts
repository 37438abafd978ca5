import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { isFirstInstance } from './single-instance.ts'

const app = vi.hoisted(() => ({ requestSingleInstanceLock: vi.fn<() => boolean>() }))
vi.mock('electron', () => ({ app }))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'single-instance-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('leaves the app to the instance that has the lock, and no file behind', () => {
  app.requestSingleInstanceLock.mockReturnValue(false)
  expect(isFirstInstance(folder)).toBe(false)
  expect(readdirSync(folder)).toEqual([])
  app.requestSingleInstanceLock.mockReturnValue(true)
  expect(isFirstInstance(folder)).toBe(true)
})

it('runs where nobody can have a lock, as the folder cannot be written', () => {
  app.requestSingleInstanceLock.mockReturnValue(false)
  writeFileSync(join(folder, 'file'), '')
  expect(isFirstInstance(join(folder, 'file/profile'))).toBe(true)
  expect(existsSync(join(folder, 'file/profile'))).toBe(false)
})
