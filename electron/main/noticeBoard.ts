import type { WebContents } from 'electron'
import { NOTICE } from './addresses.ts'
import { noticeHtml, type Notice } from './notice.ts'

/** Which message of the program fills which window. */
export class NoticeBoard {
  readonly #shown = new Map<number, Notice>()
  #locale: string

  constructor(locale: string) {
    this.#locale = locale
  }

  speak(locale: string): void {
    this.#locale = locale
  }

  show(contents: WebContents, notice: Notice): void {
    const { id } = contents
    if (!this.#shown.has(id)) contents.once('destroyed', () => this.#shown.delete(id))
    this.#shown.set(id, notice)
    void contents.loadURL(`${NOTICE}/${id}/`)
  }

  /** @param key the first part of the address's path */
  page(key: string): { html: string; style: string } | undefined {
    const notice = this.#shown.get(Number(key))
    return notice && noticeHtml(notice, this.#locale)
  }

  choose(contents: WebContents, name: string, form: URLSearchParams): void {
    this.#shown.get(contents.id)?.choices.find((choice) => choice.name === name)?.choose(form)
  }
}

export const showsNotice = (contents: WebContents): boolean => contents.getURL().startsWith(`${NOTICE}/`)
