import { app, Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron'
import { join } from 'node:path'
import type { Words } from './words.ts'

export interface TrayDeeds {
  show(): void
  newWindow(): void
  toggleWall(): void
  setStaying(stays: boolean): void
}
export interface TrayState {
  readonly stays: boolean
  readonly wallIsOpen: boolean
}

/** The program beside the clock: how many promises are broken, and the way back to the desk. */
export class DeskTray {
  readonly #tray: Tray
  readonly #icons: string
  readonly #deeds: TrayDeeds
  #word: Words
  #count: number | undefined
  #state: TrayState

  /** @param icons folder of the pictures */
  constructor(icons: string, word: Words, deeds: TrayDeeds, state: TrayState) {
    this.#icons = icons
    this.#word = word
    this.#deeds = deeds
    this.#state = state
    this.#tray = new Tray(this.#icon())
    this.#tray.on('click', () => deeds.show())
    this.#draw()
  }

  speak(word: Words): void {
    this.#word = word
    this.#draw()
  }
  setState(state: TrayState): void {
    this.#state = state
    this.#draw()
  }

  /** Broken promises; undefined: nobody is signed in. Shown on the program's own icon, too, where the system can. */
  setCount(count: number | undefined): void {
    if (count === this.#count) return
    this.#count = count
    app.setBadgeCount(count ?? 0)
    this.#tray.setImage(this.#icon())
    this.#draw()
  }

  /** What the tooltip says. */
  get tooltip(): string {
    if (this.#count === undefined) return this.#word('tray')
    return this.#count === 0 ? this.#word('trayCalm') : this.#word('trayBroken', { n: String(this.#count) })
  }

  #draw(): void {
    this.#tray.setToolTip(this.tooltip)
    const line: MenuItemConstructorOptions = { type: 'separator' }
    const { stays, wallIsOpen } = this.#state
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: this.tooltip, enabled: false },
        line,
        { label: this.#word('open'), click: () => this.#deeds.show() },
        { label: this.#word('newWindow'), click: () => this.#deeds.newWindow() },
        { label: this.#word('wall'), type: 'checkbox', checked: wallIsOpen, click: () => this.#deeds.toggleWall() },
        line,
        { label: this.#word('stayInTray'), type: 'checkbox', checked: stays, click: (item) => this.#deeds.setStaying(item.checked) },
        { label: this.#word('quit'), click: () => app.quit() },
      ]),
    )
  }

  #icon(): Electron.NativeImage {
    return nativeImage.createFromPath(join(this.#icons, (this.#count ?? 0) > 0 ? 'tray-broken.png' : 'tray.png'))
  }
}
