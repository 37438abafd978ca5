import { minify } from '@swc/core'
import { rolldown } from 'rolldown'

/** What the modern builds may use: Chrome 103, Safari 15 and Node 18 have all of it. */
const TARGET = 'es2020'

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
  const { code } = await minify(output[0].code, {
    module: true,
    ecma: 2020,
    compress: { ecma: 2020, passes: 3 },
    format: { comments: false },
  })
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
