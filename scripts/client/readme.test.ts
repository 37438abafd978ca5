import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const readme = await readFile(resolve(root, 'src/sse-client/README.md'), 'utf8')

it('has recipes that compile', { timeout: 60_000 }, async () => {
  const recipes = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(match => match[1]!)
  expect(recipes.length).toBeGreaterThan(8)
  const directory = await mkdtemp(join(tmpdir(), 'sse-client-readme-'))
  try {
    await mkdir(join(directory, 'recipes'))
    for (const [index, recipe] of recipes.entries())
      await writeFile(join(directory, `recipes/${index}.ts`), `${recipe}\nexport {}\n`)
    const options = {
      strict: true,
      noEmit: true,
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
      types: [],
      allowImportingTsExtensions: true,
      paths: { '@streaming-message/sse-client': [resolve(root, 'src/sse-client/index.ts')] },
    }
    await writeFile(
      join(directory, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, include: ['recipes'] }),
    )
    const tsc = resolve(root, 'node_modules/typescript/bin/tsc')
    const said = await promisify(execFile)(process.execPath, [tsc, '-p', directory]).then(
      () => '',
      error => error.stdout,
    )
    expect(said).toBe('')
  } finally {
    await rm(directory, { recursive: true })
  }
})
