import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { SceneRule } from '../../../../preload/bridge.ts'
import { LAYOUTS } from '../../../../shared/layouts.ts'
import { listThemes } from '../../api/themes.ts'
import { useDesk } from '../../desk/context.ts'
import { useLoaded } from '../../lib/use-loaded.ts'
import { Choice } from '../../ui/choice.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TwoStepButton } from '../../ui/two-step-button.tsx'
import { useThemeLabel } from '../../ui/use-theme-label.ts'
import { useRoomOptions } from './use-room-options.ts'

interface SceneRuleCardProps {
  rule: SceneRule
  /** OBS has no scene of this name now. */
  isGone: boolean
  /** It is OBS's scene at the moment. */
  isOn: boolean
  onChange(change: Partial<SceneRule>): void
  onRemove(): void
}

/** What one scene does: whose look it changes, and to what. Fields that are left alone change nothing. */
export function SceneRuleCard({ rule, isGone, isOn, onChange, onRemove }: SceneRuleCardProps) {
  const { t } = useTranslation()
  const { request } = useDesk()
  const labelOf = useThemeLabel()
  const rooms = useRoomOptions(rule.room)
  const { value: themes } = useLoaded(useCallback(() => listThemes(request), [request]))
  const asItIs = { value: '' as const, label: t('desktop.asItIs') }
  const known = (themes ?? []).map(({ manifest }) => ({ value: manifest.id, label: labelOf(manifest.name) }))
  const worn = themes?.find(({ manifest }) => manifest.id === rule.theme)?.manifest
  const themeIsGone = rule.theme !== '' && !known.some(one => one.value === rule.theme)

  return (
    <section aria-label={rule.scene} className="flex flex-col gap-3 rounded-box border border-line p-3">
      <h3 className="text-sm">
        {rule.scene}
        {isOn && <span className="ml-2 font-normal text-quiet text-xs">{t('desktop.sceneOn')}</span>}
      </h3>
      {isGone && <Notice tone="warning">{t('desktop.sceneGone')}</Notice>}
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <Choice
          label={t('desktop.room')}
          value={rule.room}
          options={[{ value: '', label: t('desktop.roomInUse') }, ...rooms]}
          onChange={room => onChange({ room })}
        />
        <Choice
          label={t('look.layout')}
          value={rule.layout}
          options={[asItIs, ...LAYOUTS.map(value => ({ value, label: t(`players.${value}`) }))]}
          onChange={layout => onChange({ layout })}
        />
        <Choice
          label={t('look.theme')}
          value={rule.theme}
          options={[asItIs, ...known, ...(themeIsGone ? [{ value: rule.theme, label: rule.theme }] : [])]}
          onChange={theme => onChange({ theme, variant: '' })}
        />
        {worn && worn.variants.length > 1 && (
          <Choice
            label={t('look.variant')}
            value={rule.variant || worn.variants[0]!.id}
            options={worn.variants.map(({ id, label }) => ({ value: id, label: labelOf(label) }))}
            onChange={variant => onChange({ variant })}
          />
        )}
        <Choice
          label={t('desktop.stage')}
          value={rule.stage}
          options={[
            asItIs,
            { value: 'show' as const, label: t('desktop.stageShow') },
            { value: 'hide' as const, label: t('desktop.stageHide') },
          ]}
          onChange={stage => onChange({ stage })}
        />
      </div>
      <div>
        <TwoStepButton label={t('live.remove')} question={t('common.deleteSure')} onConfirm={onRemove} />
      </div>
    </section>
  )
}
