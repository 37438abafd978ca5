import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'

/**
 * The declarations of the library's public face in one file. The compiler writes one for each source file; those that
 * index.ts reaches are put together, and only what index.ts exports stays exported.
 */
export async function emitTypes(source: string): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'sse-client-types-'))
  try {
    await compile([
      resolve(source, 'index.ts'),
      ...['--declaration', '--emitDeclarationOnly', '--outDir', out, '--rootDir', source],
    ])
    const index = await readFile(join(out, 'index.d.ts'), 'utf8')
    const parts: string[] = []
    const seen = new Set<string>()
    const collect = async (text: string) => {
      for (const [, file] of text.matchAll(/from '\.\/([\w-]+)\.ts'/g)) {
        if (seen.has(file!)) continue
        seen.add(file!)
        const part = await readFile(join(out, `${file}.d.ts`), 'utf8')
        await collect(part)
        parts.push(part.replace(/^import .*;\n/gm, '').replace(/^export (?!\{)/gm, ''))
      }
    }
    await collect(index)
    const declarations = parts
      .join('\n')
      .replace(/^export \{\};\n/gm, '')
      .replace(/^(?=class|const|function)/gm, 'declare ')
    const exported = index.replace(/ from '\.\/[\w-]+\.ts'/g, '')
    const types = `${declarations}\n${exported}`
    await check(types, out)
    return types
  } finally {
    await rm(out, { recursive: true })
  }
}

/** Runs the project's TypeScript compiler. Throws with what it says. */
async function compile(args: string[]): Promise<void> {
  const tsc = resolve(import.meta.dirname, '../../node_modules/typescript/bin/tsc')
  const common = ['--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler']
  const flags = [
    '--lib',
    'es2022,dom,dom.iterable,dom.asynciterable',
    '--types',
    '',
    '--allowImportingTsExtensions',
  ]
  await promisify(execFile)(process.execPath, [tsc, ...args, ...common, ...flags, '--ignoreConfig']).catch(
    error => {
      throw new Error(`tsc ${args.map(arg => basename(arg)).join(' ')}:\n${error.stdout || error.message}`)
    },
  )
}

/** Throws unless the declarations stand on their own. */
async function check(types: string, directory: string): Promise<void> {
  const file = join(directory, 'check', 'index.d.ts')
  await mkdir(join(directory, 'check'))
  await writeFile(file, types)
  await compile([file, '--noEmit', '--skipLibCheck', 'false'])
}
