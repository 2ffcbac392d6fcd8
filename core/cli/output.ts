import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { localeOf, refusalMessage, type Locale } from '#shared/i18n/refusalMessage.ts'

/** A verb was refused or failed: said in words, exit code 1. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** What a verb prints: words to people, one JSON object to scripts. */
export class Output {
  readonly locale: Locale
  readonly #json: boolean
  #bar = false

  constructor(json: boolean, language: string | undefined) {
    this.#json = json
    this.locale = localeOf(language)
  }

  /** In both languages, like every word on a screen. */
  say(zh: string, en: string): void {
    if (!this.#json) this.line(this.locale === 'en' ? en : zh)
  }

  line(text: string): void {
    this.#endBar()
    process.stdout.write(`${text}\n`)
  }

  /** The last line of stdout with --json; otherwise the given words. */
  result(answer: object, words: () => void): void {
    this.#endBar()
    if (this.#json) process.stdout.write(`${JSON.stringify(answer)}\n`)
    else words()
  }

  fail(refusal: Refusal): void {
    this.#endBar()
    const message = refusalMessage(refusal, this.locale)
    if (this.#json) process.stdout.write(`${JSON.stringify({ ok: false, error: { ...refusal, message } })}\n`)
    else process.stderr.write(`${message}\n`)
  }

  /** A bar on a terminal, nothing anywhere else. */
  readonly progress = (done: number, total: number): void => {
    if (!process.stderr.isTTY) return
    const share = total > 0 ? Math.min(1, done / total) : 0
    const filled = Math.round(share * 30)
    process.stderr.write(`\r${'█'.repeat(filled)}${'·'.repeat(30 - filled)} ${Math.floor(share * 100)} %  `)
    this.#bar = true
  }

  #endBar(): void {
    if (!this.#bar) return
    process.stderr.write('\r\u001b[K')
    this.#bar = false
  }
}

/** The terminal's language as an Accept-Language range. */
export const terminalLanguage = (env: NodeJS.ProcessEnv = process.env): string =>
  (env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '').replace('_', '-')
