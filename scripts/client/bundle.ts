import { minify } from '@swc/core'
import { rolldown } from 'rolldown'

/** What the modern builds may use: Chrome 103, Safari 15 and Node 18 have all of it. */
const TARGET = 'es2020'

/**
 * Names of properties that only the library itself asks for, which the minifier may shorten. What users give or get, and
 * what a transport and its sink call each other by, keeps its name.
 */
const INTERNAL =
  '^(Target|addresses|connectIf|createEvent|decide|demand|fail|handlers|heard|isSilent|onChunk|onFailure|onLife|onLost|onOpen|onState|originOf|pause|peek|prepare|source|syntaxError|take)$'

/** Bundles a module and all it imports to one ES module, readable. */
export async function bundle(input: string): Promise<string> {
  const build = await rolldown({ input, transform: { target: TARGET } })
  const { output } = await build.generate({ format: 'es' })
  await build.close()
  // Regions tell the source files' names, of no use to who gets one file.
  return output[0].code.replace(/^\/\/#(end)?region.*\n/gm, '')
}

/** What `import { names } from module` costs a page: the rest shaken off, minified. */
export async function shake(moduleFile: string, names: string[] | '*'): Promise<string> {
  const what = names === '*' ? '*' : `{ ${names.join(', ')} }`
  const build = await rolldown({
    input: 'entry',
    transform: { target: TARGET },
    plugins: [
      {
        name: 'entry',
        resolveId: id => (id === 'entry' ? '\0entry' : null),
        load: id => (id === '\0entry' ? `export ${what} from ${JSON.stringify(moduleFile)}` : null),
      },
    ],
  })
  const { output } = await build.generate({ format: 'es' })
  await build.close()
  return minifyModule(output[0].code)
}

async function minifyModule(module: string): Promise<string> {
  const { code } = await minify(module, {
    module: true,
    ecma: 2020,
    compress: { ecma: 2020, passes: 3 },
    // A class tells its name, and this one's is in the standard.
    mangle: { reserved: ['EventSource'], props: { regex: INTERNAL } },
    format: { comments: false },
  })
  return code
}

/**
 * A module to publish: minified. The minifier drops the marks by which a bundler can tell that a call has no side effects
 * and leave it out; those before the calls that make the exports in `pure` are put back.
 */
export async function toModule(module: string, pure: string[]): Promise<string> {
  let code = await minifyModule(module)
  for (const name of pure) {
    const [, local] = new RegExp(`[{,](\\w+) as ${name}[,}]`).exec(code) ?? []
    const marked = code.replace(new RegExp(`([ ,]${local}=)(?=function\\()`), '$1/*#__PURE__*/')
    if (!local || marked === code) throw new Error(`No call that makes ${name} was found`)
    code = marked
  }
  return code
}

/** Splits a bundle into its code and its exports: [name within, name outside]. */
export function splitExports(module: string): { body: string; exports: [string, string][] } {
  const match = /export\s*\{([^}]*)\};?\s*$/.exec(module)
  if (!match) throw new Error('The bundle does not end with its exports')
  const exports = match[1]!
    .split(',')
    .map(part => part.trim().split(/\s+as\s+/))
    .map(([local, exported]) => [local!, exported ?? local!] as [string, string])
  return { body: module.slice(0, match.index), exports }
}

/** The bundle as a CommonJS module. The exports are plain assignments, which Node's `import` can tell by reading. */
export function toCommonJs(module: string): string {
  const { body, exports } = splitExports(module)
  const assignments = exports.map(([local, exported]) => `exports.${exported} = ${local};\n`)
  return `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n${body}${assignments.join('')}`
}
