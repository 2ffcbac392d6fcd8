import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isMonth } from '#shared/domain/month/months.ts'

/** Shown on `--help` and beside a usage error. */
export const USAGE = `loopdesk VERB [options]

  serve               run the service center and its pages
      --port N          port (default 4680)            --host H      address (default 127.0.0.1)
      --demo            demo accounts and demo data    --real        real data, whatever --demo says
      --name NAME   DNS name that it is reached by (repeatable)
      --cert F --key F  TLS, needed on any address but this machine's own
      --behind-proxy    a trusted proxy in front speaks TLS
  seed                fill an empty desk with demo data
      --orders N (5000)   --months N (6)   --seed N (1)
  import FILE         take in another system's history
      --mapping NAME|FILE.json   --as-of TIME
  import-table FILE   a table from CSV or XLSX: customers, machines, parts, engineers,
                      users, orders, skills, engineerProfiles, shifts or leaves
      --kind KIND   --dry-run   judge every row, write nothing
      --unknown error   a row that names an unknown customer or machine is an error
  list orders         --stage STAGE   --limit N (50)
  export orders       write them as a file
      --out FILE.csv|FILE.xlsx   --stage STAGE   --status STATUS   --text WORDS
  report              make the daily upgrade-warning report
      --out FILE.pdf   --number N   one that was made before
  export month-end 2026-10   the month's book; as CSV a file for each of its sheets
      --out FILE.csv|FILE.xlsx
  password LOGIN      give a user a new one-time password
  verify              check every event, chain and head   --anchor FILE
  rebuild             write every table anew from the log
  backup              --out FILE
  restore FILE        into the folder of --data           --aside   keep the old folder beside it
  doctor              look the data folder over

  --data DIR   data folder (default: the user's own)
  --json       the last line of stdout is one JSON object
  --lang L     zh-CN or en (default: the terminal's)

Exit code: 0 done, 1 refused or failed, 2 wrong usage.`

export const VERBS = [
  'serve',
  'seed',
  'import',
  'import-table',
  'list',
  'export',
  'report',
  'password',
  'verify',
  'rebuild',
  'backup',
  'restore',
  'doctor',
] as const
export type Verb = (typeof VERBS)[number]

const options = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  port: { type: 'string' },
  host: { type: 'string' },
  demo: { type: 'boolean' },
  real: { type: 'boolean' },
  name: { type: 'string', multiple: true },
  cert: { type: 'string' },
  key: { type: 'string' },
  'behind-proxy': { type: 'boolean' },
  orders: { type: 'string' },
  months: { type: 'string' },
  seed: { type: 'string' },
  mapping: { type: 'string' },
  'as-of': { type: 'string' },
  kind: { type: 'string' },
  'dry-run': { type: 'boolean' },
  unknown: { type: 'string' },
  stage: { type: 'string' },
  status: { type: 'string' },
  text: { type: 'string' },
  limit: { type: 'string' },
  anchor: { type: 'string' },
  out: { type: 'string' },
  number: { type: 'string' },
  aside: { type: 'boolean' },
} as const

type Option = keyof typeof options

const EVERYWHERE: readonly Option[] = ['data', 'json', 'lang', 'help']
const OWN: Readonly<
  Record<Verb, { readonly options: readonly Option[]; readonly words: readonly string[] }>
> = {
  serve: { options: ['port', 'host', 'demo', 'real', 'name', 'cert', 'key', 'behind-proxy'], words: [] },
  seed: { options: ['orders', 'months', 'seed'], words: [] },
  import: { options: ['mapping', 'as-of'], words: ['FILE'] },
  'import-table': { options: ['kind', 'dry-run', 'unknown'], words: ['FILE'] },
  list: { options: ['stage', 'limit'], words: ['orders'] },
  export: { options: ['out', 'stage', 'status', 'text'], words: ['orders'] },
  report: { options: ['out', 'number'], words: [] },
  password: { options: [], words: ['LOGIN'] },
  verify: { options: ['anchor'], words: [] },
  rebuild: { options: [], words: [] },
  backup: { options: ['out'], words: [] },
  restore: { options: ['aside'], words: ['FILE'] },
  doctor: { options: [], words: [] },
}

export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type Values = ReturnType<typeof parse>['values']

export interface Arguments {
  readonly verb: Verb
  /** The one word after the verb, where it has one. */
  readonly word: string
  /** `2026-10`, where a month is exported. */
  readonly month: string
  readonly values: Values
  /** Absolute. */
  readonly data: string
  readonly json: boolean
}

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options, allowPositionals: true })

/** @throws UsageError in words for the person at the terminal; `undefined`: help was asked for */
export function readArguments(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Arguments | undefined {
  const { values, positionals } = parsed(args)
  const [name, ...words] = positionals
  if (values.help || name === 'help') return undefined
  if (name === undefined) throw new UsageError('a verb is missing')
  const verb = VERBS.find((known) => known === name)
  if (!verb) throw new UsageError(`there is no verb “${name}”`)
  const own = OWN[verb]
  for (const given of Object.keys(values) as Option[]) {
    if (!EVERYWHERE.includes(given) && !own.options.includes(given))
      throw new UsageError(`${verb} has no --${given}`)
  }
  const wantsMonth = verb === 'export' && words[0] === 'month-end'
  const month = wantsMonth ? (words.pop() ?? '') : ''
  if (wantsMonth && !isMonth(month)) throw new UsageError('export month-end needs a month such as 2026-10')
  if (words.length !== own.words.length) {
    throw new UsageError(
      own.words.length === 0 ? `${verb} takes no “${words[0]}”` : `${verb} needs ${own.words.join(' ')}`,
    )
  }
  if ((verb === 'list' || verb === 'export') && words[0] !== 'orders' && !wantsMonth) throw new UsageError(`${verb} what? ${verb} orders`)
  return {
    verb,
    word: words[0] ?? '',
    month,
    values,
    data: resolve(values.data ?? defaultFolder(env)),
    json: values.json ?? false,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parse(args)
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** A whole number within limits, or the default. */
export function whole(
  name: string,
  given: string | undefined,
  limits: { min: number; max: number; or: number },
): number {
  if (given === undefined) return limits.or
  const value = Number(given)
  if (!/^-?\d+$/.test(given) || value < limits.min || value > limits.max) {
    throw new UsageError(`--${name} is a whole number from ${limits.min} to ${limits.max}`)
  }
  return value
}

export function needed(name: string, given: string | undefined): string {
  if (given === undefined || given === '') throw new UsageError(`--${name} is missing`)
  return given
}

/** Where the data lives when nobody says: the platform's own place for it. */
function defaultFolder(env: NodeJS.ProcessEnv): string {
  if (env['LOOPDESK_DATA']) return env['LOOPDESK_DATA']
  if (process.platform === 'win32') return join(env['APPDATA'] ?? homedir(), 'Loopdesk')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Loopdesk')
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'loopdesk')
}
