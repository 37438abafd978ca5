import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** The three steps in OBS, each with a small drawing of what to press. */
export function ObsSteps() {
  const { t } = useTranslation()
  const steps = [
    { title: t('share.step1'), hint: t('share.step1Hint'), picture: <SourcesPicture /> },
    { title: t('share.step2'), hint: t('share.step2Hint'), picture: <PropertiesPicture /> },
    { title: t('share.step3'), hint: t('share.step3Hint'), picture: <LinePicture /> },
  ]
  return (
    <ol className="grid gap-4 sm:grid-cols-3">
      {steps.map(({ title, hint, picture }, index) => (
        <li key={title}>
          {picture}
          <p className="mt-2 font-medium text-sm">
            {index + 1}. {title}
          </p>
          <p className="text-quiet text-xs">{hint}</p>
        </li>
      ))}
    </ol>
  )
}

function Picture({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 160 90"
      aria-hidden="true"
      className="w-full rounded-box border border-line bg-base-200 text-base-content"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    >
      {children}
    </svg>
  )
}

const accent = { stroke: 'var(--color-primary)', strokeWidth: 2 }

function SourcesPicture() {
  return (
    <Picture>
      <rect x="14" y="12" width="132" height="66" rx="4" opacity=".4" />
      <path d="M24 26h60M24 38h44M24 50h52" opacity=".35" strokeWidth="4" strokeLinecap="round" />
      <path d="M14 64h132" opacity=".4" />
      <rect x="22" y="66" width="12" height="10" rx="2" {...accent} />
      <path d="M28 68.500v5M25.500 71h5" {...accent} />
    </Picture>
  )
}

function PropertiesPicture() {
  return (
    <Picture>
      <path d="M16 20h16M16 44h16M16 64h16" opacity=".4" strokeWidth="4" strokeLinecap="round" />
      <rect x="42" y="12" width="102" height="16" rx="3" {...accent} />
      <path d="M49 20h58" {...accent} strokeWidth="3" strokeLinecap="round" />
      <rect x="42" y="36" width="44" height="16" rx="3" opacity=".5" />
      <path d="M49 44h18" opacity=".6" strokeWidth="3" strokeLinecap="round" />
      <rect x="42" y="58" width="44" height="16" rx="3" opacity=".5" />
      <path d="M49 66h18" opacity=".6" strokeWidth="3" strokeLinecap="round" />
    </Picture>
  )
}

function LinePicture() {
  return (
    <Picture>
      <rect x="14" y="10" width="132" height="70" rx="4" opacity=".4" />
      <rect x="24" y="48" width="112" height="26" rx="4" {...accent} />
      <rect x="30" y="42" width="30" height="10" rx="2" fill="var(--color-primary)" stroke="none" />
      <path d="M34 62h62" {...accent} strokeWidth="3" strokeLinecap="round" />
    </Picture>
  )
}
