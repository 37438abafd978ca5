import { defineWords } from '../define-words.ts'

/** The synthesiser's sounds, by the names that the settings store. */
export const sounds = defineWords({
  en: {
    soft: 'Soft',
    key: 'Typewriter',
    pencil: 'Pencil',
    blip: 'Blip',
    drop: 'Drop',
    bell: 'Bell',
    page: 'Page',
    enter: 'Enter key',
    chime: 'Chime',
  },
  'zh-CN': {
    soft: '柔和',
    key: '打字机',
    pencil: '铅笔',
    blip: '电子音',
    drop: '水滴',
    bell: '铃声',
    page: '翻页',
    enter: '回车键',
    chime: '风铃',
  },
  ja: {
    soft: 'やわらかい',
    key: 'タイプライター',
    pencil: '鉛筆',
    blip: '電子音',
    drop: 'しずく',
    bell: 'ベル',
    page: 'ページ',
    enter: 'Enter キー',
    chime: 'チャイム',
  },
})
