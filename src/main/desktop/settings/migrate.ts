import { DEFAULT_OVERLAY, DEFAULT_SCENE_RULE, DEFAULT_SETTINGS } from '../../../preload/desktop-settings.ts'

/**
 * Brings what an older version wrote to today's shape. What a version added since its file was written takes the
 * default, section by section and list item by list item, so that only a change of meaning needs a step here.
 */
export function migrateSettings(content: unknown): unknown {
  if (!isRecord(content) || content.version !== DEFAULT_SETTINGS.version) return content
  const merged: Record<string, unknown> = { ...DEFAULT_SETTINGS, ...content }
  for (const [section, defaults] of Object.entries(DEFAULT_SETTINGS)) {
    const given = content[section]
    if (isRecord(defaults) && isRecord(given)) merged[section] = { ...defaults, ...given }
  }
  merged.overlays = eachWith(DEFAULT_OVERLAY, merged.overlays)
  if (isRecord(merged.obs)) {
    merged.obs = { ...merged.obs, scenes: eachWith(DEFAULT_SCENE_RULE, merged.obs.scenes) }
  }
  return merged
}

function eachWith(defaults: object, list: unknown): unknown {
  return Array.isArray(list) ? list.map(one => (isRecord(one) ? { ...defaults, ...one } : one)) : list
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
