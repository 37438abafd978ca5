import { Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SceneRule } from '../../../../preload/bridge.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { createSuccessiveEdits } from '../../lib/successive-edits.ts'
import { Notice } from '../../ui/notice.tsx'
import { SceneRuleCard } from './scene-rule-card.tsx'

const NEW: Omit<SceneRule, 'scene'> = { room: '', theme: '', variant: '', layout: '', stage: '' }

interface SceneRulesProps {
  rules: SceneRule[]
  /** Those that OBS has; empty while it is not connected. */
  scenes: string[]
  current: string
}

/** Which scene of OBS changes what here. One rule a scene. */
export function SceneRules({ rules, scenes, current }: SceneRulesProps) {
  const { t } = useTranslation()
  const [problem, setProblem] = useState<string | null>(null)
  const [edits] = useState(() =>
    createSuccessiveEdits(rules, async scenes => {
      const answer = await desktopBridge()?.call('obs.setScenes', { scenes })
      setProblem(!answer || answer.ok ? null : answer.msg)
      return answer?.ok ?? false
    }),
  )
  useEffect(() => edits.told(rules), [edits, rules])
  const free = scenes.filter(scene => !rules.some(rule => rule.scene === scene))

  function change(edit: (rules: SceneRule[]) => SceneRule[]): void {
    edits.edit(edit).catch(error => setProblem(String(error)))
  }

  return (
    <div className="flex flex-col gap-3">
      {rules.map(rule => (
        <SceneRuleCard
          key={rule.scene}
          rule={rule}
          isGone={scenes.length > 0 && !scenes.includes(rule.scene)}
          isOn={rule.scene === current}
          onChange={part =>
            change(all => all.map(one => (one.scene === rule.scene ? { ...one, ...part } : one)))
          }
          onRemove={() => change(all => all.filter(({ scene }) => scene !== rule.scene))}
        />
      ))}
      {problem && <Notice tone="error">{problem}</Notice>}
      {scenes.length === 0 ? (
        <p className="text-quiet text-sm">{t('desktop.scenesNotThere')}</p>
      ) : (
        <div className="flex flex-wrap gap-2">
          {free.map(scene => (
            <button
              key={scene}
              type="button"
              className="btn btn-sm"
              onClick={() => change(all => [...all, { ...NEW, scene }])}
            >
              <Plus className="icon" aria-hidden="true" />
              {t('desktop.addRule', { scene })}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
