import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { eventually, freePort } from './ports.ts'

const shipped = resolve(import.meta.dirname, '../../deploy/nginx.conf')

/**
 * A real nginx with the configuration of `compose.cluster.yaml`, in front of these servers. Only what belongs to
 * Docker is replaced: its resolver, the servers' name, the port.
 */
export async function startTestProxy(urls: string[]): Promise<{ url: string; dispose(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'streaming-message-nginx-'))
  const port = await freePort()
  const servers = urls.map(url => `server ${new URL(url).host} max_fails=1 fail_timeout=5s;`).join('\n    ')
  const text = (await readFile(shipped, 'utf8'))
    .replace(/^ *resolver .*$/m, '')
    .replace(/server server:8000 [^;]*;/, servers)
    .replace(/listen 8000 [^;]*;/, `listen 127.0.0.1:${port};`)
    .replace(
      /^worker_processes .*$/m,
      `worker_processes 1; pid ${dir}/pid; error_log stderr; daemon off; user root;`,
    )
    .replace(/^worker_rlimit_nofile .*$/m, '')
    .replace(/worker_connections \d+/, 'worker_connections 512')
    .replace(
      'access_log off;',
      `access_log off; client_body_temp_path ${dir}/body; proxy_temp_path ${dir}/proxy; fastcgi_temp_path ${dir}/f; uwsgi_temp_path ${dir}/u; scgi_temp_path ${dir}/s;`,
    )
  const config = join(dir, 'nginx.conf')
  await writeFile(config, text)
  const child = spawn('/usr/sbin/nginx', ['-c', config, '-p', dir, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let printed = ''
  child.stderr!.on('data', chunk => {
    printed += chunk
  })
  const gone = once(child, 'exit').then(() => {
    throw new Error(`nginx ended:\n${printed}`)
  })
  const url = `http://127.0.0.1:${port}`
  await Promise.race([gone, eventually(async () => void (await fetch(`${url}/healthz`)))])
  gone.catch(() => {})
  return {
    url,
    async dispose() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      await rm(dir, { recursive: true, force: true })
    },
  }
}
