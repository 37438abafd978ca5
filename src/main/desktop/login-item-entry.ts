/** What desktops on Linux read to start the app with the session. */
export function desktopEntry(executable: string): string {
  // Desktop Entry Specification, "The Exec key": quoted, with these four escaped, and a percent sign doubled.
  const quoted = executable.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')
  return `[Desktop Entry]
Type=Application
Name=Streaming Message
Exec="${quoted}" --hidden
X-GNOME-Autostart-enabled=true
`
}
