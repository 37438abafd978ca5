import { type Contract, lineage, type Property, type Shape } from './contract.ts'
import type { Parameter, TypeNode } from './contract-types.ts'

/** Every object that the stand-in made and handed out: what a parameter of a class type may be. */
export const instances = new WeakSet<object>()

/**
 * Tells whether Electron would take these arguments in one of the overloads.
 *
 * @returns undefined when it would, else the message of the TypeError that Electron throws
 */
export function refuseArguments(
  contract: Contract,
  overloads: Parameter[][],
  args: unknown[],
): string | undefined {
  const refusals = overloads.map(parameters => refuseOne(contract, parameters, args))
  return refusals.includes(undefined) ? undefined : refusals.at(-1)
}

function refuseOne(contract: Contract, parameters: Parameter[], args: unknown[]): string | undefined {
  const required = parameters.filter(one => !one.optional && !one.rest).length
  if (args.length < required) return 'Insufficient number of arguments.'
  for (const [index, value] of args.entries()) {
    const parameter = parameters[index] ?? parameters.find(one => one.rest)
    if (!parameter) return `Error processing argument at index ${index}: there is no such parameter`
    // All of them take anything.
    if (parameter.rest || (value === undefined && parameter.optional)) continue
    const fault =
      parameter.integer && !isInt32(value)
        ? `${show(value)}, not an integer`
        : faultOf(contract, parameter.type, value, false)
    if (fault) return `Error processing argument at index ${index}, conversion failure from ${fault}`
  }
  return undefined
}

function faultOf(contract: Contract, type: TypeNode, value: unknown, partial: boolean): string | undefined {
  const fault = () => show(value)
  switch (type.kind) {
    case 'unknown':
      return undefined
    case 'function':
      return typeof value === 'function' ? undefined : fault()
    case 'literal':
      return value === type.value ? undefined : fault()
    case 'union':
      return type.of.some(one => faultOf(contract, one, value, partial) === undefined) ? undefined : fault()
    case 'array': {
      if (!Array.isArray(value)) return fault()
      return value.map(one => faultOf(contract, type.of, one, partial)).find(one => one !== undefined)
    }
    case 'record': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return fault()
      const values = Object.values(value)
      return values.map(one => faultOf(contract, type.of, one, partial)).find(one => one !== undefined)
    }
    case 'partial':
      return faultOf(contract, type.of, value, true)
    case 'keyword':
      return isKeyword(type.name, value) ? undefined : fault()
    case 'reference':
      return faultOfReference(contract, type.name, value, partial)
  }
}

function isKeyword(name: string, value: unknown): boolean {
  if (name === 'any' || name === 'unknown') return true
  if (name === 'null') return value === null
  if (name === 'undefined' || name === 'void') return value === undefined
  if (name === 'object') return typeof value === 'object' && value !== null
  return name === 'number' ? typeof value === 'number' && !Number.isNaN(value) : typeof value === name
}

function faultOfReference(
  contract: Contract,
  name: string,
  value: unknown,
  partial: boolean,
): string | undefined {
  const alias = contract.aliases.get(name)
  if (alias) return faultOf(contract, alias, value, partial)
  if (name === 'Buffer') return Buffer.isBuffer(value) ? undefined : show(value)
  const shapes = lineage(contract, name)
  if (shapes.length === 0) return undefined
  if (typeof value !== 'object' || value === null) return show(value)
  if (shapes.some(shape => shape.methods.size > 0)) return instances.has(value) ? undefined : show(value)
  return faultOfFields(contract, shapes, value as Record<string, unknown>, partial)
}

function faultOfFields(
  contract: Contract,
  shapes: Shape[],
  value: Record<string, unknown>,
  partial: boolean,
): string | undefined {
  const properties = new Map(shapes.flatMap(shape => [...shape.properties]))
  for (const key of Object.keys(value)) {
    if (!properties.has(key)) return `an object with the key ${key}, which Electron does not know`
  }
  for (const [key, property] of properties) {
    const fault = faultOfField(contract, property, value[key], partial)
    if (fault) return `{ ${key}: ${fault} }`
  }
  return undefined
}

function faultOfField(
  contract: Contract,
  property: Property,
  value: unknown,
  partial: boolean,
): string | undefined {
  if (value === undefined) return property.optional || partial ? undefined : 'undefined'
  if (property.integer && !isInt32(value)) return `${show(value)}, not an integer`
  return faultOf(contract, property.type, value, false)
}

/** What V8's `IsInt32` holds for, by which Electron reads whole numbers. */
const isInt32 = (value: unknown): boolean =>
  typeof value === 'number' && value === (value | 0) && !Object.is(value, -0)

function show(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  return typeof value === 'object' && value !== null
    ? `#<${value.constructor?.name ?? 'Object'}>`
    : String(value)
}
