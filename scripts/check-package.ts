import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { type AfterPackContext, Arch } from 'electron-builder'

/** What of electron-builder's context is looked at. */
type Packed = Pick<AfterPackContext, 'electronPlatformName' | 'arch' | 'appOutDir'> & {
  packager: { getResourcesDir(appOutDir: string): string }
}

/**
 * electron-builder's `afterPack`: a package without the native modules of its own system and processor would be built, signed and
 * published, and never start.
 *
 * @throws naming the module that npm did not bring
 */
export function afterPack({ electronPlatformName, arch, appOutDir, packager }: Packed): void {
  const target = `${electronPlatformName}-${Arch[arch]}`
  const modules = join(packager.getResourcesDir(appOutDir), 'app.asar.unpacked/node_modules')
  const missing = [
    ...(existsSync(join(modules, `better-sqlite3/prebuilds/${target}.node`)) ? [] : ['better-sqlite3']),
    ...(globSync(`@node-rs/argon2-${target}*/*.node`, { cwd: modules }).length > 0
      ? []
      : ['@node-rs/argon2']),
  ]
  if (missing.length === 0) return
  throw new Error(
    `the package for ${target} lacks the native part of ${missing.join(' and ')}: package on that system, and add what npm installs for another processor as .github/workflows/build.yml does`,
  )
}
