/** What the desktop app itself says: tray, menus, dialogs, notices. The pages have their own words. */
export const en = {
  appName: 'Streaming Message',
  actions: {
    'overlay.toggle': 'Show overlay',
    'overlay.clickThrough': 'Click-through',
    'overlay.edit': 'Move and resize overlay',
    'overlay.reset': 'Reset overlay position',
    'overlay.streamerOnly': 'Overlay for your eyes only',
    'line.next': 'Next line',
    'line.clear': 'Clear the screen',
    'quick.open': 'Quick compose…',
    'controller.open': 'Open controller',
  },
  menus: {
    stage: 'Stage',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    help: 'Help',
    copyAddress: 'Copy player address',
    copyDiagnostics: 'Copy diagnostics',
    openLogs: 'Open log folder',
    checkUpdates: 'Check for updates…',
    quit: 'Quit',
    roles: {
      about: 'About Streaming Message',
      services: 'Services',
      hide: 'Hide Streaming Message',
      hideOthers: 'Hide others',
      unhide: 'Show all',
      undo: 'Undo',
      redo: 'Redo',
      cut: 'Cut',
      copy: 'Copy',
      paste: 'Paste',
      selectAll: 'Select all',
      resetZoom: 'Actual size',
      zoomIn: 'Zoom in',
      zoomOut: 'Zoom out',
      togglefullscreen: 'Full screen',
      reload: 'Reload',
      toggleDevTools: 'Developer tools',
      minimize: 'Minimize',
      close: 'Close window',
    },
  },
  /** One without a name, by its place in the settings' list. */
  overlay: 'Overlay {number}',
  frame: {
    done: 'Done',
    buttons: { 'opacity-': 'Less opaque', 'opacity+': 'More opaque', 'zoom-': 'Smaller', 'zoom+': 'Larger' },
  },
  phrase: 'phrase {number}',
  windows: { controller: 'controller', quick: 'quick-compose', overlay: 'overlay' },
  /** Why something did not happen, where it is ours to say. */
  reasons: {
    'room-missing': 'the room “{room}” does not exist any more. Choose another room in the controller.',
    'no-answer': 'the server does not answer. It is tried again at the next line.',
    'login-approval':
      'macOS waits for your approval. Turn the app on in System Settings → General → Login Items.',
    'file-closed':
      'the file that is there cannot be opened; give this user the right to read it and start again',
  } satisfies Record<string, string>,
  dialogs: {
    dataTitle: 'The data folder cannot be used',
    dataChoose: 'Choose another folder…',
    dataBefore: 'Back to the folder before',
    dataOwn: 'Use the app’s own folder',
    startTitle: 'The server could not start',
    start: {
      'data-dir': 'Nothing can be written there. Choose another folder, or free the folder and try again.',
      database:
        'The data there cannot be read. Choose another folder, or put a backup in its place and try again.',
      config: 'A setting that was given at the start is wrong. Correct it and start again.',
      'port-in-use': 'Every port that was tried is in use. Close another program and try again.',
      redis: 'The Redis server that was given at the start cannot be used. Start it and try again.',
      listen: 'The system does not let the server listen. Close another program and try again.',
    },
    updateNone: 'This is the newest version',
    retry: 'Try again',
    quit: 'Quit',
    updateTitle: 'Version {version} is available',
    updateNow: 'Download',
    updateLater: 'Later',
    updateReady: 'Version {version} is ready to install',
    restart: 'Restart now',
    linkTitle: 'Open this page in your browser?',
    open: 'Open',
    cancel: 'Cancel',
    ok: 'OK',
  },
  notices: {
    'settings-corrupt':
      'The settings file could not be read. Defaults are in use; the old file is kept at {path}.',
    'settings-newer':
      'A newer version of the app wrote the settings. Defaults are in use; that file is kept at {path}.',
    'settings-unreadable': 'The settings file cannot be opened. Defaults are in use for now.',
    'settings-unwritable': 'Settings cannot be saved ({reason}). They last until the app closes.',
    'port-taken':
      'Port {wanted} is in use by another program, so port {port} is used. Update the address in OBS.',
    'shortcut-taken':
      'The hotkey {accelerator} for “{action}” is in use by another program. Choose another one.',
    'display-missing': 'A display is gone. Its overlay was brought to {display}.',
    'link-refused': 'A link asked for something this app does not do. It was ignored.',
    'link-unknown-room': 'A link asked for the room “{room}”, which does not exist here.',
    'window-restarted':
      'The {window} window stopped working and was reopened. Nothing that was sent is lost.',
    'wayland-limits':
      'On Wayland the overlay cannot stay on top or let clicks through. Switch to X11 in the settings.',
    'capture-hidden':
      'This system cannot hide a window from capture, so the overlay is hidden while this is on.',
    'line-failed': 'The line could not be sent: {reason}',
    'control-failed': 'The player could not be told to go on: {reason}',
    'scene-failed': 'What the scene “{scene}” should change could not be changed: {reason}',
    crash: 'Something went wrong in the background: {reason}',
    'login-item-unavailable': 'Starting at login could not be set up: {reason}',
  },
  obs: {
    'not-running':
      'OBS cannot be reached. Start OBS, then turn on Tools → WebSocket Server Settings → Enable.',
    'wrong-password':
      'OBS refused the password. Copy it from Tools → WebSocket Server Settings → Show Connect Info.',
    'password-needed':
      'OBS asks for a password. Copy it from Tools → WebSocket Server Settings → Show Connect Info.',
    'too-old': 'This OBS speaks an older protocol. Update to OBS 28 or later.',
    'no-browser-source':
      'This OBS has no browser source. Install the official OBS build, or capture the overlay’s window instead.',
    'scene-missing': 'This scene does not exist in OBS any more.',
    'source-missing': 'This source does not exist in OBS any more.',
    'name-taken': 'OBS has a source of this name that is not a browser source. Choose another name.',
    'not-streaming': 'OBS is not streaming, so captions have nowhere to go.',
    'not-connected': 'OBS is not connected.',
    nonsense: 'What answers there is not OBS. Check address and port.',
    timeout: 'OBS did not answer in time.',
  } satisfies Record<string, string>,
  updates: {
    unsupported: 'This build does not update itself. Get new versions from the download page.',
    failed: 'Checking for updates failed: {reason}',
    notInstalled: 'The update could not be installed: {reason}',
  },
}
