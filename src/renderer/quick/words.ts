export interface QuickWords {
  speaker: string
  line: string
  failed: string
}

const WORDS: Record<string, QuickWords> = {
  en: { speaker: 'Speaker', line: 'Type a line, then Enter', failed: 'Not sent. Enter tries again: ' },
  zh: { speaker: '说话人', line: '输入台词，按 Enter 发送', failed: '没有发送，按 Enter 重试：' },
  ja: { speaker: '話者', line: 'セリフを入力して Enter', failed: '送信できませんでした。Enter で再送信：' },
}

export function quickWords(language: string): QuickWords {
  return WORDS[language] ?? WORDS.en!
}
