import type { Message, NotifyPort } from './channel.ts'

/** Telephone numbers, tokens and the like: only their last two characters are shown. */
const LONG_NUMBER = /\d{6,}/g
const mask = (text: string): string => text.replace(LONG_NUMBER, (digits) => `…${digits.slice(-2)}`)

/** Writes one line a message: the channel that is always there. */
export function consoleChannel(write: (line: string) => void): NotifyPort {
  return {
    send(message): Promise<void> {
      write(lineOf(message))
      return Promise.resolve()
    },
  }
}

function lineOf({ key, channel, recipient, number, payload }: Message): string {
  const { timer, level } = payload.params
  const what = timer === undefined ? payload.kind : `${payload.kind} ${timer}/${level}`
  return `notify ${channel} to ${mask(recipient)}: ${what}${number === null ? '' : ` of ${number}`} [${mask(key)}]`
}
