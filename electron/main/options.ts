import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Locale } from '#shared/i18n/refusalMessage.ts'

export interface Options {
  /** The data folder. */
  readonly data: string
  /** Demo data on the first start. */
  readonly demo: boolean
  readonly locale: Locale
}

/**
 * `--data DIR` (else LOOPDESK_DATA, else the system's place for program data), `--demo`, `--locale en`. Chromium's own
 * switches stand among the arguments: what is not ours is left alone.
 */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv, platform = process.platform): Options {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { data: { type: 'string' }, demo: { type: 'boolean' }, real: { type: 'boolean' }, locale: { type: 'string' } },
  })
  const data = typeof values.data === 'string' && values.data !== '' ? values.data : env['LOOPDESK_DATA']
  return {
    data: resolve(data || defaultFolder(env, platform)),
    demo: values.demo === true && values.real !== true,
    locale: values.locale === 'en' ? 'en' : 'zh-CN',
  }
}

function defaultFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') return join(env['APPDATA'] || homedir(), 'Loopdesk')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Loopdesk')
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'loopdesk')
}
