import { useTranslation } from 'react-i18next'
import { assetUrl } from '../../../../shared/asset.ts'
import { useDeskStore } from '../../desk/context.ts'
import { composerField } from '../../desk/focus.ts'
import { expressionFormat, wrapSelection } from './format.ts'

/** The pictures of the speaker who is chosen; a press puts one into the line, where the caret is. */
export function ExpressionChips() {
  const { t } = useTranslation()
  const speaker = useDeskStore(
    d => d.draft.store,
    s => s.speaker,
  )
  const preset = useDeskStore(
    d => d.speakers.store,
    s => s.items.find(item => item.name === speaker),
  )
  if (!preset || preset.expressions.length === 0) return null

  function insert(name: string): void {
    const field = composerField()
    if (field) wrapSelection(field, expressionFormat(name))
  }
  return (
    <ul
      aria-label={t('compose.expressions')}
      className="flex gap-1 overflow-x-auto py-0.5 [scrollbar-width:none]"
    >
      {preset.expressions.map(({ name, asset }) => (
        <li key={name} className="flex-none">
          <button
            type="button"
            aria-label={t('compose.expression', { name })}
            title={name}
            className="touch:size-10 size-8 overflow-hidden rounded-field border border-line bg-base-100 hover:border-primary"
            onMouseDown={event => event.preventDefault()}
            onClick={() => insert(name)}
          >
            <img src={assetUrl(asset)} alt="" className="size-full object-cover object-top" />
          </button>
        </li>
      ))}
    </ul>
  )
}
