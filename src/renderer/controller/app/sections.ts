import {
  History,
  type LucideIcon,
  MessagesSquare,
  Palette,
  Radio,
  Settings,
  Share2,
  TextQuote,
} from 'lucide-react'

/** The parts of the controller, in the order of the bar. */
export const SECTIONS = ['live', 'speakers', 'phrases', 'history', 'look', 'share', 'settings'] as const
export type Section = (typeof SECTIONS)[number]

export const sectionIcons: Record<Section, LucideIcon> = {
  live: Radio,
  speakers: MessagesSquare,
  phrases: TextQuote,
  history: History,
  look: Palette,
  share: Share2,
  settings: Settings,
}
