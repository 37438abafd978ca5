import { audit } from './audit.ts'
import { common } from './common.ts'
import { compose } from './compose.ts'
import { desktop } from './desktop.ts'
import { failures } from './failures.ts'
import { fieldIssues } from './field-issues.ts'
import { fields } from './fields.ts'
import { history } from './history.ts'
import { live } from './live.ts'
import { look } from './look.ts'
import { palette } from './palette.ts'
import { phrases } from './phrases.ts'
import { picker } from './picker.ts'
import { players } from './players.ts'
import { problems } from './problems.ts'
import { session } from './session.ts'
import { settings } from './settings.ts'
import { share } from './share.ts'
import { sounds } from './sounds.ts'
import { speakers } from './speakers.ts'

const sections = {
  audit,
  common,
  compose,
  desktop,
  failures,
  fieldIssues,
  fields,
  history,
  live,
  look,
  palette,
  phrases,
  picker,
  players,
  problems,
  session,
  settings,
  share,
  sounds,
  speakers,
}

type Sections = typeof sections

function inLanguage<Language extends 'en' | 'zh-CN' | 'ja'>(language: Language) {
  const entries = Object.entries(sections).map(([name, words]) => [name, words[language]])
  return Object.fromEntries(entries) as { [Name in keyof Sections]: Sections[Name][Language] }
}

export const english = inLanguage('en')

export const resources = {
  en: { translation: english },
  'zh-CN': { translation: inLanguage('zh-CN') },
  ja: { translation: inLanguage('ja') },
}
