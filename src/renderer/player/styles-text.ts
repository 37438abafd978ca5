/** The style sheets of styles.ts as text, in the same order: for a player in a document of its own (the controller's preview). */

import layoutsBacklog from './layouts/backlog.css?inline'
import layoutsBubble from './layouts/bubble.css?inline'
import layoutsChat from './layouts/chat.css?inline'
import layoutsDialogue from './layouts/dialogue.css?inline'
import layoutsSubtitle from './layouts/subtitle.css?inline'
import stylesBase from './styles/base.css?inline'
import stylesFonts from './styles/fonts.css?inline'
import stylesPage from './styles/page.css?inline'
import stylesSprites from './styles/sprites.css?inline'
import stylesText from './styles/text.css?inline'
import themeBubble from './themes/bubble/theme.css?inline'
import themeChat from './themes/chat/theme.css?inline'
import themeGlass from './themes/glass/theme.css?inline'
import themeNone from './themes/none/theme.css?inline'
import themeNovel from './themes/novel/theme.css?inline'
import themeSubtitle from './themes/subtitle/theme.css?inline'
import themeTerminal from './themes/terminal/theme.css?inline'

export const playerStyles = [
  stylesBase,
  stylesPage,
  stylesFonts,
  stylesText,
  stylesSprites,
  layoutsDialogue,
  layoutsSubtitle,
  layoutsBubble,
  layoutsChat,
  layoutsBacklog,
  themeNovel,
  themeBubble,
  themeGlass,
  themeSubtitle,
  themeTerminal,
  themeChat,
  themeNone,
].join('\n')
