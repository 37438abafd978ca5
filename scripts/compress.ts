import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const COMPRESSIBLE = /\.(?:js|css|svg|json)$/
/** Bytes below which a packet is sent all the same. */
const WORTH_IT = 1_024

/** Lays a `.gz` beside each file of a folder that gains by it; pictures and fonts are compressed by nature. */
export async function compressFolder(dir: string): Promise<void> {
  const files = readdirSync(dir)
    .filter(name => COMPRESSIBLE.test(name))
    .map(name => join(dir, name))
    .filter(path => statSync(path).size > WORTH_IT)
  await Promise.all(
    files.map(async path =>
      writeFileSync(`${path}.gz`, await promisify(gzip)(readFileSync(path), { level: 9 })),
    ),
  )
}
