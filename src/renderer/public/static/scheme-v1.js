// Runs before the first paint: someone who likes the dark scheme on a light system must see no white flash. A classic
// script of its own, because modules run after the paint and inline scripts are forbidden. The app's own rule stands in
// app/scheme.ts. Files under /static are kept for a year, so a change of this one takes a new name.
try {
  const kept = JSON.parse(localStorage.getItem('streaming-message.preferences') ?? '{}')
  const night =
    kept.scheme === 'night' || (kept.scheme !== 'day' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = night ? 'night' : 'day'
} catch {
  // Without storage the system's scheme stands.
}
