import { defineWords } from '../define-words.ts'

export const history = defineWords({
  en: {
    empty: 'No lines in this room yet.',
    noMatch: 'No line matches.',
    older: 'Show older lines',
    clear: 'Clear the history',
    clearSure: 'Delete all lines for good?',
    export: 'Export',
    exporting: 'Reading {{count}} lines',
    text: 'Text',
    edited: 'In the composer',
  },
  'zh-CN': {
    empty: '这个房间还没有台词。',
    noMatch: '没有匹配的台词。',
    older: '显示更早的台词',
    clear: '清空历史',
    clearSure: '永久删除全部台词？',
    export: '导出',
    exporting: '正在读取 {{count}} 条',
    text: '文本',
    edited: '已放进输入框',
  },
  ja: {
    empty: 'このルームにはまだセリフがありません。',
    noMatch: '該当するセリフはありません。',
    older: '以前のセリフを表示',
    clear: '履歴を消去',
    clearSure: 'すべてのセリフを完全に削除しますか',
    export: '書き出す',
    exporting: '{{count}} 件を読み込み中',
    text: 'テキスト',
    edited: '入力欄に入れました',
  },
})
