import { z } from 'zod'

/** What a player's address may carry; the loader passes it on. */
export const loaderQuery = z.object({
  room: z
    .string()
    .regex(/^[a-zA-Z0-9]{0,32}$/)
    .default(''),
  theme: z.string().max(64).optional(),
  variant: z.string().max(64).optional(),
  layout: z.string().max(16).optional(),
  label: z.string().max(64).optional(),
  scale: z.string().max(8).optional(),
  mute: z.string().max(8).optional(),
  key: z.string().max(128).optional(),
})
export type LoaderQuery = z.infer<typeof loaderQuery>

/**
 * A page to be kept as a file and opened as OBS's "local file": a browser source that is opened before the server
 * stays blank for ever, this one waits for it, then goes to the player.
 *
 * It asks each address in turn, by fetch and, where a browser lets a file not fetch from this machine, by the player
 * page itself in a frame that says that it is there. Navigating is always allowed.
 *
 * @param origins where the server may be, best first: this machine, then where the file was downloaded from
 */
export function loaderPage(origins: readonly string[], { room, ...query }: LoaderQuery): string {
  const search = new URLSearchParams(
    Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
  const target = `/${room}${search.size > 0 ? `?${search}` : ''}`
  // Inside a script element `<` could end it.
  const json = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>Streaming Message</title>
<style>
html, body { margin: 0; background: transparent; }
p { display: none; position: fixed; left: 50%; top: 24px; transform: translateX(-50%); margin: 0; padding: 8px 18px; border-radius: 99px; background: #171a24; color: #e8eaf2; font: 14px/1.6 "PingFang SC", "Microsoft YaHei UI", "Hiragino Sans", sans-serif; white-space: nowrap; }
iframe { position: fixed; left: -9999px; width: 10px; height: 10px; border: 0; }
</style>
</head>
<body>
<p id="waiting"></p>
<script>
var origins = ${json(origins)}, target = ${json(target)};
var words = { zh: '正在等待 Streaming Message 启动', ja: 'Streaming Message の起動を待っています', en: 'Waiting for Streaming Message to start' };
var found = false, turn = 0;
function go(origin) {
  if (found) return;
  found = true;
  location.replace(origin + target);
}
window.addEventListener('message', function (event) {
  if (event.data === 'streaming-message' && origins.indexOf(event.origin) >= 0) go(event.origin);
});
function frame(origin) {
  var probe = document.createElement('iframe');
  probe.src = origin + '/?probe';
  document.body.appendChild(probe);
  setTimeout(function () { probe.remove(); }, 4000);
}
function look() {
  if (found) return;
  var round = turn++;
  origins.forEach(function (origin) {
    var wait = new AbortController();
    setTimeout(function () { wait.abort(); }, 2000);
    fetch(origin + '/healthz', { cache: 'no-store', signal: wait.signal })
      .then(function (answer) { return answer.json(); })
      // Something else may listen at that port of this machine.
      .then(function (body) { if (body.success === true) go(origin); }).catch(function () {});
  });
  // Frames are dear: one address a turn, and only every third.
  if (round % 3 === 2) frame(origins[(round / 3 | 0) % origins.length]);
  setTimeout(look, 1000);
}
look();
// OBS shows nothing; whoever opens the file by hand is told what it waits for.
if (!window.obsstudio && !/ OBS\\//.test(navigator.userAgent)) setTimeout(function () {
  var note = document.getElementById('waiting');
  note.textContent = words[navigator.language.slice(0, 2)] || words.en;
  note.style.display = 'block';
}, 1500);
</script>
</body>
</html>
`
}
