import { defineWords } from '../define-words.ts'

/** What a player reports that it could not show, by its code, and what to do. */
export const problems = defineWords({
  en: {
    'picture-broken': 'The picture {{name}} cannot be loaded. Check its address, or upload it again.',
    'sound-broken':
      'The sound {{name}} cannot be played. Check its address, or take an OGG, MP3 or WAV file.',
    'emote-broken': 'The picture of the emote {{name}} cannot be loaded. Upload it again.',
    'emote-unknown':
      'There is no emote :{{name}}:, so it is shown as text. Add it under Emotes, or check the spelling.',
    'sound-unknown': 'There is no sound “{{name}}”; another one is heard. Choose one under Look, Sound.',
    'theme-unknown': 'There is no theme “{{name}}”. Choose another one under Look, or import it again.',
    'theme-broken': 'The theme “{{name}}” could not be loaded. Reload the player.',
    'font-missing':
      'The font “{{name}}” is not installed where the player runs. Install it there, or choose another one under Look.',
    'effect-unknown': 'There is no sprite effect “{{name}}”; the sprite fades instead. Check the line.',
    'style-unknown': 'There is no style “{{name}}”; the text is shown without it. Check the line.',
    'expression-unknown':
      '“{{speaker}}” has no expression “{{name}}”. Add it under Speakers, or check the line.',
    'property-refused':
      'The theme’s property “{{name}}” cannot be “{{value}}” and was left out. Set it again under Look.',
    'voice-missing':
      'This browser has no voice to read aloud with. Open the player in another one, or turn reading aloud off.',
    'lines-dropped_one':
      '{{count}} line was not shown because too many waited. Let more lines wait under Look, Queue.',
    'lines-dropped_other':
      '{{count}} lines were not shown because too many waited. Let more lines wait under Look, Queue.',
  },
  'zh-CN': {
    'picture-broken': '图片 {{name}} 无法加载。请检查地址，或重新上传。',
    'sound-broken': '声音 {{name}} 无法播放。请检查地址，或换用 OGG、MP3、WAV 文件。',
    'emote-broken': '自定义表情 {{name}} 的图片无法加载。请重新上传。',
    'emote-unknown': '没有自定义表情 :{{name}}:，已按文字显示。请在“自定义表情”中添加，或检查拼写。',
    'sound-unknown': '没有声音“{{name}}”，已改用其他声音。请在“外观”的“声音”中选择。',
    'theme-unknown': '没有主题“{{name}}”。请在“外观”中另选一个，或重新导入。',
    'theme-broken': '主题“{{name}}”加载失败。请刷新播放页。',
    'font-missing': '播放页所在的电脑没有安装字体“{{name}}”。请在那里安装，或在“外观”中另选一种。',
    'effect-unknown': '没有立绘效果“{{name}}”，已改为淡入淡出。请检查这条台词。',
    'style-unknown': '没有样式“{{name}}”，文字已按原样显示。请检查这条台词。',
    'expression-unknown': '“{{speaker}}”没有表情“{{name}}”。请在“说话人”中添加，或检查这条台词。',
    'property-refused': '主题的属性“{{name}}”不能设为“{{value}}”，已忽略。请在“外观”中重新设置。',
    'voice-missing': '这个浏览器没有可用的朗读语音。请换一个浏览器打开播放页，或关闭朗读。',
    'lines-dropped_other':
      '待播的台词过多，有 {{count}} 条没有显示。请在“外观”的“播放顺序”中调高“最多排队”。',
  },
  ja: {
    'picture-broken':
      '画像 {{name}} を読み込めません。アドレスを確かめるか、もう一度アップロードしてください。',
    'sound-broken':
      '音声 {{name}} を再生できません。アドレスを確かめるか、OGG、MP3、WAV のファイルを使ってください。',
    'emote-broken': 'エモート {{name}} の画像を読み込めません。もう一度アップロードしてください。',
    'emote-unknown':
      'エモート :{{name}}: は登録されていないため、文字のまま表示しました。エモートに追加するか、つづりを確かめてください。',
    'sound-unknown':
      '「{{name}}」という音はないため、別の音を鳴らしています。「外観」の「音」で選んでください。',
    'theme-unknown':
      'テーマ「{{name}}」がありません。「外観」で別のテーマを選ぶか、もう一度読み込んでください。',
    'theme-broken': 'テーマ「{{name}}」を読み込めませんでした。プレーヤーを再読み込みしてください。',
    'font-missing':
      'フォント「{{name}}」はプレーヤーのあるパソコンに入っていません。インストールするか、「外観」で別のフォントを選んでください。',
    'effect-unknown': '立ち絵の効果「{{name}}」はないため、フェードにしました。セリフを確かめてください。',
    'style-unknown':
      '「{{name}}」という書式はないため、文字をそのまま表示しました。セリフを確かめてください。',
    'expression-unknown':
      '「{{speaker}}」に表情「{{name}}」がありません。「話者」で追加するか、セリフを確かめてください。',
    'property-refused':
      'テーマの項目「{{name}}」に「{{value}}」は使えないため、無視しました。「外観」で設定し直してください。',
    'voice-missing':
      'このブラウザーには読み上げの音声がありません。別のブラウザーでプレーヤーを開くか、読み上げをオフにしてください。',
    'lines-dropped_other':
      '再生待ちが多すぎるため、{{count}} 件を表示できませんでした。「外観」の「再生の順序」で「待てるセリフの数」を増やしてください。',
  },
})
