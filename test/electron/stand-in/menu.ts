import { EventEmitter } from 'node:events'
import { guard } from '../guard.ts'
import type { NativeImage } from './native-image.ts'

type Click = (item: object, window: unknown, event: object) => void
interface Template {
  label?: string
  type?: string
  role?: string
  checked?: boolean
  enabled?: boolean
  visible?: boolean
  accelerator?: string
  id?: string
  sublabel?: string
  toolTip?: string
  click?: Click
  submenu?: Template[] | Menu
}

export class MenuItem {
  readonly label: string
  readonly type: string
  readonly role: string | undefined
  readonly accelerator: string | undefined
  readonly id: string
  readonly submenu: Menu | undefined
  readonly click: (event?: object, window?: unknown, contents?: unknown) => void
  checked: boolean
  enabled: boolean
  visible: boolean

  constructor(options: Template) {
    this.label = options.label ?? options.role ?? ''
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal')
    this.role = options.role
    this.accelerator = options.accelerator
    this.id = options.id ?? ''
    this.checked = options.checked ?? false
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    if (this.type === 'submenu' && !options.submenu) throw new TypeError('Invalid submenu')
    this.submenu = Array.isArray(options.submenu) ? Menu.buildFromTemplate(options.submenu) : options.submenu
    // A click toggles a checkbox before the handler sees it; a disabled item does nothing: as in Electron.
    this.click = (event = {}, window = undefined) => {
      if (!this.enabled) return
      if (this.type === 'checkbox') this.checked = !this.checked
      if (this.type === 'radio') this.checked = true
      options.click?.(guard('MenuItem', this), window, event)
    }
  }
}

export class Menu extends EventEmitter {
  static #application: Menu | null = null
  readonly items: MenuItem[] = []

  static buildFromTemplate(template: (Template | MenuItem)[]): Menu {
    const menu = new Menu()
    for (const one of template) menu.append(one instanceof MenuItem ? one : new MenuItem(one))
    return guard('Menu', menu)
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application && guard('Menu', Menu.#application)
  }

  append(item: MenuItem): void {
    this.items.push(guard('MenuItem', item))
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }

  popup(_options?: object): void {
    this.emit('menu-will-show', {})
  }
}

export class Tray extends EventEmitter {
  #destroyed = false
  #title = ''

  constructor(image: NativeImage | string) {
    super()
    this.setImage(image)
  }

  setImage(image: NativeImage | string): void {
    const empty = typeof image === 'string' ? false : image.isEmpty()
    if (empty) throw new TypeError('Argument must be a file path or a NativeImage')
  }

  setToolTip(_tip: string): void {}
  setContextMenu(_menu: Menu | null): void {}
  popUpContextMenu(_menu?: Menu): void {}
  setTitle(title: string): void {
    this.#title = title
  }
  getTitle(): string {
    return this.#title
  }
  destroy(): void {
    this.#destroyed = true
  }
  isDestroyed(): boolean {
    return this.#destroyed
  }
}
