import { randomBytes } from 'node:crypto'
import type { Arguments } from '../arguments.ts'
import { reachCenter } from '../center.ts'
import type { Output } from '../output.ts'

/** For whoever lost the last way in: the owner of the data folder gives a user a new one-time password. */
export async function password({ word, data }: Arguments, output: Output): Promise<number> {
  const secret = randomBytes(12).toString('base64url')
  const center = reachCenter(data, 'password')
  try {
    await center.command('session.setPassword', { user: word, password: secret })
  } finally {
    center.close()
  }
  output.result({ ok: true, user: word }, () =>
    output.say(
      `${word} 的一次性密码（首次登录后须修改）：`,
      `One-time password of ${word}, to be changed at the next sign-in:`,
    ),
  )
  // To the person at the terminal; with --json nothing that a script may keep.
  process.stderr.write(`${secret}\n`)
  return 0
}
