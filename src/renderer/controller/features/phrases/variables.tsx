import { useTranslation } from 'react-i18next'
import { useDeskStore, usePreferences } from '../../desk/context.ts'
import { openVariables } from '../../desk/phrase-text.ts'
import { Group } from '../../ui/group.tsx'

/** The variables that the phrases name, and what they stand for today. */
export function Variables() {
  const { t } = useTranslation()
  const [{ variables }, setPreferences] = usePreferences()
  const items = useDeskStore(
    d => d.phrases.store,
    s => s.items,
  )
  const named = items.flatMap(item => openVariables(item.text, {})).filter(name => !/^[1-9]$/.test(name))
  const names = [...new Set([...named, ...Object.keys(variables)])]
  if (names.length === 0) return null
  return (
    <Group title={t('phrases.variables')} hint={t('phrases.variablesHint')}>
      {names.map(name => (
        <label key={name} className="flex items-center gap-2">
          <code className="w-28 flex-none truncate text-xs">{`{${name}}`}</code>
          <input
            className="input input-sm min-w-0 flex-1"
            aria-label={t('phrases.value', { name })}
            value={variables[name] ?? ''}
            onChange={event => setPreferences({ variables: { ...variables, [name]: event.target.value } })}
          />
        </label>
      ))}
    </Group>
  )
}
