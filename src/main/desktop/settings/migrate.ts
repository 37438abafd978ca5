import { DEFAULT_SETTINGS } from '../../../preload/desktop-settings.ts'

/**
 * Brings what an older version wrote to today's shape. What a version added since its file was written takes the
 * default, section by section, so that only a change of meaning needs a step here.
 */
export function migrateSettings(content: unknown): unknown {
  if (!isRecord(content) || content.version !== DEFAULT_SETTINGS.version) return content
  const merged: Record<string, unknown> = { ...DEFAULT_SETTINGS, ...content }
  for (const [section, defaults] of Object.entries(DEFAULT_SETTINGS)) {
    const given = content[section]
    if (isRecord(defaults) && isRecord(given)) merged[section] = { ...defaults, ...given }
  }
  return merged
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
