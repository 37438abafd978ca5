import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../test/support/ports.ts'
import { stopProcess } from './node-process.ts'
import type { Peer } from './peer.ts'
import { eventOf } from './servers/event.ts'

const NGINX = '/usr/sbin/nginx'
const MODULE = '/usr/lib/nginx/modules/ngx_nchan_module.so'

/** False where Debian's nginx and libnginx-mod-nchan are not installed; the report says so. */
export const hasNchan = () => existsSync(NGINX) && existsSync(MODULE)

export const nginxNchan: Peer = {
  name: 'nginx + Nchan',
  what: 'written in C; one worker process; keeps messages in memory',
  async start() {
    const folder = await mkdtemp(join(tmpdir(), 'nchan-bench-'))
    const port = await freePort()
    await writeFile(join(folder, 'nginx.conf'), configuration(folder, port))
    const child = spawn(
      NGINX,
      ['-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf'), '-p', folder],
      {
        stdio: 'ignore',
      },
    )
    await untilItListens(port)
    let seq = 0
    return {
      port,
      pid: child.pid!,
      events: '/events',
      replay: '/history',
      publish: {
        port,
        path: '/publish',
        headers: { 'Content-Type': 'application/json' },
        // Nchan sends what it is given: the event's JSON is made here.
        body: text => eventOf(++seq, { speaker: 'bench', data: { message: text } }).json,
      },
      async stop() {
        await stopProcess(child)
        await rm(folder, { recursive: true, force: true, maxRetries: 3 })
      },
    }
  },
}

function configuration(folder: string, port: number): string {
  return `load_module ${MODULE};
daemon off;
master_process off;
worker_rlimit_nofile 40000;
pid ${folder}/nginx.pid;
events { worker_connections 30000; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  nchan_shared_memory_size 512M;
  nchan_message_buffer_length 100000;
  keepalive_requests 1000000;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    tcp_nodelay on;
    location = /events { nchan_subscriber eventsource; nchan_channel_id lobby; nchan_subscriber_first_message newest; }
    location = /history { nchan_subscriber eventsource; nchan_channel_id lobby; nchan_subscriber_first_message oldest; }
    location = /publish { nchan_publisher; nchan_channel_id lobby; }
  }
}
`
}

function untilItListens(port: number): Promise<void> {
  return new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', () => setTimeout(() => resolve(untilItListens(port)), 20))
  })
}
