/** What the composer can open over itself, one at a time. */
export type PanelName = 'emoji' | 'pictures' | 'palette' | 'options' | 'json'
