import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { pages, read, root, tableRows, withoutCode } from './markdown.ts'

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const anchorsOf = (file: string) =>
  [...withoutCode(readFileSync(file, 'utf8')).matchAll(/^#+ (.+)$/gm)].map(match => anchorOf(match[1]!))

test.each(pages)('%s: every link within the project leads somewhere', page => {
  const text = withoutCode(read(page))
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/(?:src|href)="([^"]+)"/g)]
  for (const link of links.map(match => match[1]!).filter(one => !/^[a-z]+:/.test(one))) {
    const [path, anchor] = link.split('#')
    const target = path ? resolve(root, dirname(page), path) : resolve(root, page)
    expect(existsSync(target), `${page} links to ${link}`).toBe(true)
    if (anchor && target.endsWith('.md'))
      expect(anchorsOf(target), `${page} links to ${link}`).toContain(anchor)
  }
})

test.each(pages)('%s: every npm script and every file that it names exists', page => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  for (const [, name] of read(page).matchAll(/npm run (?:-s |--silent )?([a-z][\w:-]*)/g)) {
    const own = page.startsWith('examples/') ? ownScripts(page) : {}
    expect(Object.keys({ ...scripts, ...own }), `${page} says npm run ${name}`).toContain(name)
  }
  for (const [, file] of read(page).matchAll(
    /((?:bench|deploy|docs|examples|scripts|src|test)\/[\w/.-]+\.(?:ts|tsx|sh|ps1|conf|http|md|svg))/g,
  )) {
    const places = [root, resolve(root, dirname(page)), resolve(root, 'src'), resolve(root, 'src/main')]
    expect(
      places.some(place => existsSync(resolve(place, file!))),
      `${page} names ${file}`,
    ).toBe(true)
  }
})

test('docs/development.md: its map has each folder of the sources, and none that is not there', () => {
  // `src/a/b`, `c`: the second stands beside the first.
  const named = tableRows('docs/development.md')
    .filter(([cell]) => cell!.startsWith('`src/') && !cell!.includes('*'))
    .flatMap(([cell]) => {
      const names = [...cell!.matchAll(/`([^`]+)`/g)].map(match => match[1]!)
      return names.map(name => (name.startsWith('src/') ? name : `${dirname(names[0]!)}/${name}`))
    })
  for (const name of named) expect(existsSync(resolve(root, name)), name).toBe(true)
  // One whose folders are named needs no row.
  const folders = globSync(['src/*/', 'src/main/*/', 'src/main/server/*/', 'src/renderer/*/'], { cwd: root })
    .map(folder => folder.replaceAll('\\', '/').replace(/\/$/, ''))
    .filter(
      folder =>
        !globSync(`${folder}/*/`, { cwd: root }).some(inner => named.includes(inner.replace(/\/$/, ''))),
    )
  expect(folders.filter(folder => !named.includes(folder))).toEqual([])
  expect(folders.length).toBeGreaterThan(20)
})

/** Scripts of the examples, which have manifests of their own. */
function ownScripts(page: string): Record<string, string> {
  const manifests = globSync([`${dirname(page)}/package.json`, `${dirname(page)}/*/package.json`], {
    cwd: root,
  })
  return Object.assign({}, ...manifests.map(file => JSON.parse(read(file)).scripts))
}
