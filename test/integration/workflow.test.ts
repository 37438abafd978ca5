import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, '.github/workflows')

const step = z
  .object({
    name: z.string(),
    if: z.string(),
    uses: z.string().regex(/^[\w-]+\/[\w-]+@v\d+$/),
    run: z.string(),
    shell: z.string(),
    with: z.record(z.string(), z.unknown()),
  })
  .partial()
  .refine(one => (one.uses === undefined) !== (one.run === undefined), 'a step either uses or runs')
const workflow = z.object({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  jobs: z.record(
    z.string(),
    z.object({
      'runs-on': z.string(),
      'timeout-minutes': z.int().positive(),
      needs: z.array(z.string()).optional(),
      strategy: z.object({ matrix: z.record(z.string(), z.unknown()) }).optional(),
      steps: z.array(step).min(1),
    }),
  ),
})

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

describe.each(readdirSync(folder))('the workflow %s', file => {
  const { jobs } = workflow.parse(parse(readFileSync(join(folder, file), 'utf8')))
  const commands = Object.values(jobs).flatMap(job => job.steps.flatMap(one => one.run?.split('\n') ?? []))

  it('waits only for jobs that there are', () => {
    const needed = Object.values(jobs).flatMap(job => job.needs ?? [])
    expect(needed.filter(name => !(name in jobs))).toEqual([])
  })

  it('runs only scripts and programs of this project', () => {
    const named = (pattern: RegExp) =>
      commands.flatMap(line => [...line.matchAll(pattern)].map(match => match[1] ?? ''))
    const missing = named(/\bnpm run (?:-s )?([\w:-]+)/g).filter(name => !(name in scripts))
    const programs = named(/\bnpx ([\w-]+)/g)
    expect(programs.length).toBeGreaterThan(0)
    const unknown = programs.filter(name => !existsSync(join(root, 'node_modules/.bin', name)))
    const files = named(/(?:^|\s)(\.[\w-]*\/[\w./-]+)/g).filter(path => !existsSync(join(root, path)))
    expect({ missing, unknown, files }).toEqual({ missing: [], unknown: [], files: [] })
  })

  it('tests and packages on all three systems', () => {
    const systems = ['ubuntu', 'windows', 'macos']
    const matrices = JSON.stringify(Object.values(jobs).map(job => job.strategy?.matrix ?? {}))
    for (const system of systems) expect(matrices).toContain(system)
    for (const target of ['--win --x64', '--mac --arm64 --x64', '--linux --x64', '--linux --arm64'])
      expect(matrices).toContain(target)
    // Each run writes latest-mac.yml, which updates are found by: of two, the later would hide the packages of the other.
    expect(matrices.match(/--mac/g)).toHaveLength(1)
  })
})
