import { BrowserWindow, type Session } from 'electron'
import { readAddress } from './centerAddress.ts'
import { paper, safely } from './deskWindow.ts'
import { answers } from './http.ts'
import type { Notice } from './notice.ts'
import type { NoticeBoard } from './noticeBoard.ts'
import type { Words } from './words.ts'

export interface AddressDialogParts {
  readonly session: Session
  readonly notices: NoticeBoard
  readonly word: () => Words
  /** Somebody typed an address at which a service center answers. */
  readonly chosen: (address: string) => void
}

/** Asks for the address of a service center: a message of the program with one box, no page of the desk. */
export class AddressDialog {
  readonly #parts: AddressDialogParts
  #window: BrowserWindow | undefined

  constructor(parts: AddressDialogParts) {
    this.#parts = parts
  }

  open(parent: BrowserWindow | undefined, present: string): void {
    if (this.#window) return this.#window.focus()
    const window = new BrowserWindow({
      width: 560,
      height: 400,
      ...(parent && { parent, modal: true }),
      resizable: false,
      minimizable: false,
      show: false,
      title: this.#parts.word()('address'),
      backgroundColor: paper(),
      webPreferences: safely(this.#parts.session),
    })
    window.removeMenu()
    window.once('ready-to-show', () => window.show())
    window.on('closed', () => (this.#window = undefined))
    this.#window = window
    this.#ask(present)
  }

  #ask(value: string, problem?: string): void {
    const word = this.#parts.word()
    this.#show({
      title: word('address'),
      text: word('addressText'),
      box: { name: 'address', label: word('addressLabel'), value },
      ...(problem !== undefined && { problem }),
      choices: [
        { name: 'connect', label: word('addressOpen'), choose: (form) => void this.#try(form.get('address') ?? '') },
        { name: 'cancel', label: word('addressCancel'), choose: () => this.#window?.close() },
      ],
    })
  }

  async #try(typed: string): Promise<void> {
    const word = this.#parts.word()
    const address = readAddress(typed)
    if (address === null) return this.#ask(typed, word('addressBad'))
    this.#show({ title: word('address'), text: word('connecting', { address }), choices: [] })
    if (!(await answers(address))) return this.#ask(typed, word('addressSilent', { address }))
    this.#window?.close()
    this.#parts.chosen(address)
  }

  #show(notice: Notice): void {
    if (this.#window && !this.#window.isDestroyed()) this.#parts.notices.show(this.#window.webContents, notice)
  }
}
