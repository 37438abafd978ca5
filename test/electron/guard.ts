import { lineage, readContract, type Shape } from './contract.ts'
import { instances, refuseArguments } from './contract-check.ts'
import { state } from './stand-in/state.ts'

export const contract = readContract()

/** Unwraps what came through a guard, so that private fields can be reached. */
const rawOf = new WeakMap<object, object>()
const guardOf = new WeakMap<object, object>()

/** What Electron refuses to do before the app is ready. */
const WHEN_READY = new Set(['Dialog', 'GlobalShortcut', 'SafeStorage', 'Screen', 'Tray'])
/** What may be shown at any time: it is for a start that failed. */
const AT_ANY_TIME = new Set(['Dialog.showErrorBox', 'SafeStorage.getSelectedStorageBackend'])

function assertReady(name: string, key: string): void {
  if (state.ready || !WHEN_READY.has(name) || AT_ANY_TIME.has(`${name}.${key}`)) return
  throw new Error(`${name} cannot be used before the app is ready`)
}

/** What every object has, and what looking at an object asks for: not calls to Electron. */
const COMMON = new Set(['constructor', 'then', 'toJSON', 'toString', 'valueOf', 'hasOwnProperty', 'inspect'])
const EMITTER = new Set([
  'on',
  'off',
  'once',
  'emit',
  'addListener',
  'removeListener',
  'removeAllListeners',
  'listeners',
  'listenerCount',
  'eventNames',
  'prependListener',
  'prependOnceListener',
  'rawListeners',
  'setMaxListeners',
  'getMaxListeners',
])
const SUBSCRIBES = new Set(['on', 'off', 'once', 'addListener', 'removeListener', 'prependListener'])

/**
 * Wraps an object of the stand-in so that it behaves at its border as the real one: a member that Electron lacks is
 * undefined, wrong arguments are a TypeError, and a member that Electron has but the stand-in not is a clear error
 * instead of a silent pass.
 *
 * @param name the class or interface in electron.d.ts
 */
export function guard<T extends object>(name: string, raw: T): T {
  const known = guardOf.get(raw)
  if (known) return known as T
  const shapes = lineage(contract, name)
  if (shapes.length === 0) throw new Error(`Electron has no ${name}`)
  const proxy = new Proxy(raw, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target)
      if (typeof key === 'symbol' || COMMON.has(key)) return value
      if (EMITTER.has(key) && typeof value === 'function')
        return guardEmitter(name, shapes, target, key, value)
      if (!offers(shapes, key) || !isHere(name, shapes, key)) return undefined
      if (key !== 'isDestroyed' && isDestroyed(target)) throw new TypeError('Object has been destroyed')
      if (value === undefined && !(key in target)) throw new Error(`the stand-in lacks ${name}.${key}`)
      return typeof value === 'function' ? guardMethod(name, shapes, target, key, value) : value
    },
  })
  rawOf.set(proxy, raw)
  guardOf.set(raw, proxy)
  instances.add(proxy)
  return proxy
}

/** A window after it was closed, and its page: from then on nothing but that may be asked. */
function isDestroyed(target: object): boolean {
  return 'isDestroyed' in target && typeof target.isDestroyed === 'function' && target.isDestroyed() === true
}

function unguard<T>(value: T): T {
  return typeof value === 'object' && value !== null ? ((rawOf.get(value) ?? value) as T) : value
}

/** The same for a class: its constructor's arguments and its statics. */
export function guardClass<T extends abstract new (...args: never[]) => object>(name: string, raw: T): T {
  const shapes = lineage(contract, name)
  const constructors = shapes.map(shape => shape.methods.get('constructor')).find(one => one !== undefined)
  return new Proxy(raw, {
    construct: (target, args, newTarget) => {
      assertReady(name, 'constructor')
      if (constructors) assertArguments(`new ${name}`, constructors, args)
      return guard(name, Reflect.construct(target, args.map(unguard), newTarget))
    },
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target)
      if (typeof key === 'symbol' || typeof value !== 'function' || key === 'prototype') return value
      const overloads = shapes.map(shape => shape.methods.get(`static ${key}`)).find(one => one !== undefined)
      if (!overloads) return COMMON.has(key) ? value : undefined
      return (...args: unknown[]) => {
        assertArguments(`${name}.${key}`, overloads, args)
        return value.apply(target, args.map(unguard))
      }
    },
  })
}

export function offers(shapes: Shape[], key: string): boolean {
  return shapes.some(
    shape => shape.methods.has(key) || shape.properties.has(key) || shape.methods.has(`static ${key}`),
  )
}

/** Its classes have the methods of every system, which do nothing on the others; of these two a system has its own only. */
const OF_THE_SYSTEM = new Set(['App', 'SafeStorage'])

function isHere(name: string, shapes: Shape[], key: string): boolean {
  if (!OF_THE_SYSTEM.has(name)) return true
  return shapes[0]?.platforms.get(key)?.includes(process.platform) ?? true
}

type Callable = (...args: never[]) => unknown

function guardMethod(name: string, shapes: Shape[], target: object, key: string, method: unknown): Callable {
  const overloads = shapes
    .map(shape => shape.methods.get(key) ?? shape.methods.get(`static ${key}`))
    .find(one => one !== undefined)
  return (...args: unknown[]) => {
    assertReady(name, key)
    if (overloads) assertArguments(`${name}.${key}`, overloads, args)
    return (method as (...all: unknown[]) => unknown).apply(target, args.map(unguard))
  }
}

function guardEmitter(name: string, shapes: Shape[], target: object, key: string, method: unknown): Callable {
  return (...args: unknown[]) => {
    if (SUBSCRIBES.has(key) && !shapes.some(shape => shape.events.has(String(args[0])))) {
      // ipcMain and ipcRenderer carry channels of ours; everything else sends a closed set.
      if (!name.startsWith('Ipc')) throw new TypeError(`Electron's ${name} never sends '${String(args[0])}'`)
    }
    const result = (method as (...all: unknown[]) => unknown).apply(target, args)
    return result === target ? guard(name, target) : result
  }
}

/** By call, what Electron looks at where it is written in JavaScript: electron-updater hands it Node's own request options. */
const LOOKED_AT = new Map([['Net.request', new Set(['url', 'method', 'headers', 'redirect', 'credentials'])]])

function assertArguments(
  call: string,
  overloads: Parameters<typeof refuseArguments>[1],
  args: unknown[],
): void {
  const names = LOOKED_AT.get(call)
  const refusal = refuseArguments(contract, overloads, names ? args.map(one => only(names, one)) : args)
  if (refusal) throw new TypeError(`${call}: ${refusal}`)
}

function only(names: Set<string>, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.has(name)))
}
