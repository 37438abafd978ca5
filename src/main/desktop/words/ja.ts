import type { Words } from '../words.ts'

export const ja: Words = {
  appName: 'Streaming Message',
  actions: {
    'overlay.toggle': 'オーバーレイを表示',
    'overlay.clickThrough': 'クリック透過',
    'overlay.edit': 'オーバーレイの移動とサイズ変更',
    'overlay.reset': 'オーバーレイの位置をリセット',
    'overlay.streamerOnly': 'オーバーレイを自分だけに表示',
    'line.next': '次へ',
    'line.clear': '消去',
    'quick.open': 'クイック入力…',
    'controller.open': 'コントローラーを開く',
  },
  menus: {
    stage: 'ステージ',
    edit: '編集',
    view: '表示',
    window: 'ウィンドウ',
    help: 'ヘルプ',
    copyAddress: 'プレーヤーのアドレスをコピー',
    copyDiagnostics: '診断情報をコピー',
    openLogs: 'ログフォルダーを開く',
    checkUpdates: 'アップデートを確認…',
    quit: '終了',
    roles: {
      about: 'Streaming Message について',
      services: 'サービス',
      hide: 'Streaming Message を非表示',
      hideOthers: 'ほかを非表示',
      unhide: 'すべてを表示',
      undo: '元に戻す',
      redo: 'やり直す',
      cut: '切り取り',
      copy: 'コピー',
      paste: '貼り付け',
      selectAll: 'すべて選択',
      resetZoom: '実際のサイズ',
      zoomIn: '拡大',
      zoomOut: '縮小',
      togglefullscreen: 'フルスクリーン',
      reload: '再読み込み',
      toggleDevTools: '開発者ツール',
      minimize: '最小化',
      close: 'ウィンドウを閉じる',
    },
  },
  /** One without a name, by its place in the settings' list. */
  overlay: 'オーバーレイ {number}',
  frame: {
    done: '完了',
    buttons: {
      'opacity-': '不透明度を下げる',
      'opacity+': '不透明度を上げる',
      'zoom-': '小さくする',
      'zoom+': '大きくする',
    },
  },
  phrase: '定型文 {number}',
  windows: { controller: 'コントローラー', quick: 'クイック入力', overlay: 'オーバーレイ' },
  reasons: {
    'room-missing': 'ルーム「{room}」はもうありません。コントローラーで別のルームを選んでください。',
    'no-answer': 'サーバーから応答がありません。次の送信時にもう一度試します。',
    'login-approval':
      'macOS が許可を待っています。「システム設定 → 一般 → ログイン項目」でこのアプリをオンにしてください。',
    'file-closed': '既存の設定ファイルを開けません。読み取りを許可してから起動し直してください',
  },
  dialogs: {
    dataTitle: 'データフォルダーを使用できません',
    dataChoose: '別のフォルダーを選ぶ…',
    dataBefore: '元のフォルダーに戻す',
    dataOwn: 'アプリ標準のフォルダーを使う',
    startTitle: 'サーバーを起動できませんでした',
    start: {
      'data-dir':
        'このフォルダーには書き込めません。別のフォルダーを選ぶか、書き込めるようにして再試行してください。',
      database:
        'このデータは読み込めません。別のフォルダーを選ぶか、バックアップを戻して再試行してください。',
      config: '起動時に指定された設定に誤りがあります。修正してもう一度起動してください。',
      'port-in-use': '試したポートはすべて使用中です。他のプログラムを終了して再試行してください。',
      redis: '起動時に指定された Redis サーバーを使用できません。起動してから再試行してください。',
      listen: 'サーバーが接続を待ち受けられません。他のプログラムを終了して再試行してください。',
    },
    updateNone: '最新バージョンです',
    retry: '再試行',
    quit: '終了',
    updateTitle: 'バージョン {version} が利用できます',
    updateNow: 'ダウンロード',
    updateLater: 'あとで',
    updateReady: 'バージョン {version} をインストールできます',
    restart: '今すぐ再起動',
    linkTitle: 'このページをブラウザーで開きますか？',
    open: '開く',
    cancel: 'キャンセル',
    ok: 'OK',
  },
  notices: {
    'settings-corrupt':
      '設定ファイルを読み込めないため、初期設定に戻しました。元のファイルは {path} に残してあります。',
    'settings-newer':
      '設定は新しいバージョンのアプリで保存されたものです。初期設定を使い、元のファイルは {path} に残しました。',
    'settings-unreadable': '設定ファイルを開けないため、初期設定で動作しています。',
    'settings-unwritable': '設定を保存できません（{reason}）。アプリを終了するまで有効です。',
    'port-taken':
      'ポート {wanted} は他のプログラムが使用中のため、{port} を使います。OBS のアドレスを更新してください。',
    'shortcut-taken':
      '「{action}」のホットキー {accelerator} は他のプログラムが使用中です。別のキーを選んでください。',
    'display-missing': 'ディスプレイが外されたため、オーバーレイを {display} に移しました。',
    'link-refused': 'リンクがこのアプリにない操作を求めたため、無視しました。',
    'link-unknown-room': 'リンクのルーム「{room}」はここにはありません。',
    'window-restarted':
      '{window}ウィンドウが停止したため、開き直しました。送信済みの内容は失われていません。',
    'wayland-limits':
      'Wayland ではオーバーレイの最前面表示とクリック透過ができません。設定で X11 に切り替えてください。',
    'capture-hidden':
      'このシステムではウィンドウをキャプチャから隠せないため、オンの間はオーバーレイを非表示にします。',
    'line-failed': 'セリフを送信できませんでした：{reason}',
    'control-failed': 'プレーヤーを操作できませんでした：{reason}',
    'scene-failed': 'シーン「{scene}」の設定を反映できませんでした：{reason}',
    crash: 'バックグラウンドで問題が発生しました：{reason}',
    'login-item-unavailable': 'ログイン時の起動を設定できませんでした：{reason}',
  },
  obs: {
    'not-running':
      'OBS に接続できません。OBS を起動し、「ツール → WebSocket サーバー設定」で有効にしてください。',
    'wrong-password':
      'パスワードが違います。「ツール → WebSocket サーバー設定 → 接続情報を表示」からコピーしてください。',
    'password-needed':
      'OBS のパスワードが必要です。「ツール → WebSocket サーバー設定 → 接続情報を表示」からコピーしてください。',
    'too-old': 'この OBS は古い方式のため使えません。OBS 28 以降に更新してください。',
    'no-browser-source':
      'この OBS にはブラウザソースがありません。公式版の OBS を入れるか、ウィンドウキャプチャを使ってください。',
    'scene-missing': 'このシーンは OBS にもうありません。',
    'source-missing': 'このソースは OBS にもうありません。',
    'name-taken': '同じ名前でブラウザソースではないものが OBS にあります。別の名前にしてください。',
    'not-streaming': 'OBS が配信中ではないため、字幕を送れません。',
    'not-connected': 'OBS に接続していません。',
    nonsense: 'その先で応答したのは OBS ではありません。アドレスとポートを確認してください。',
    timeout: 'OBS から応答がありません。',
  },
  updates: {
    unsupported: 'このビルドは自動更新に対応していません。ダウンロードページから入手してください。',
    failed: 'アップデートの確認に失敗しました：{reason}',
    notInstalled: 'アップデートをインストールできませんでした：{reason}',
  },
}
