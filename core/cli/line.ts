import { randomUUID } from 'node:crypto'
import { logger } from '../gateway/logger.ts'
import { DataFolderError } from '../store/errors.ts'
import { readArguments, USAGE, UsageError, type Arguments, type Verb } from './arguments.ts'
import { Output, Refused, terminalLanguage } from './output.ts'

type RunVerb = (args: Arguments, output: Output) => Promise<number>

/** Loaded when asked for: wrong usage is told at once. */
const verbs: Readonly<Record<Verb, () => Promise<RunVerb>>> = {
  serve: async () => (await import('./verbs/serve.ts')).serve,
  seed: async () => (await import('./verbs/seed.ts')).seed,
  import: async () => (await import('./verbs/import.ts')).importFile,
  'import-table': async () => (await import('./verbs/importTable.ts')).importTable,
  export: async () => (await import('./verbs/export.ts')).exportTable,
  list: async () => (await import('./verbs/list.ts')).list,
  report: async () => (await import('./verbs/report.ts')).report,
  password: async () => (await import('./verbs/password.ts')).password,
  verify: async () => (await import('./verbs/upkeep.ts')).verify,
  rebuild: async () => (await import('./verbs/upkeep.ts')).rebuild,
  backup: async () => (await import('./verbs/upkeep.ts')).backup,
  restore: async () => (await import('./verbs/upkeep.ts')).restore,
  doctor: async () => (await import('./verbs/upkeep.ts')).doctor,
}

/** One command line, to its end. Exit code: 0 done, 1 refused or failed, 2 wrong usage. */
export async function runLine(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json')
  let output = new Output(json, terminalLanguage())
  try {
    const args = readArguments(argv)
    if (!args) {
      process.stdout.write(`${USAGE}\n`)
      return 0
    }
    output = new Output(args.json, args.values.lang ?? terminalLanguage())
    const runVerb = await verbs[args.verb]()
    return await runVerb(args, output)
  } catch (error) {
    if (error instanceof UsageError) {
      output.fail({ code: 'usage', params: { reason: error.message } })
      if (!json) process.stderr.write(`\n${USAGE}\n`)
      return 2
    }
    if (error instanceof Refused || error instanceof DataFolderError) {
      output.fail(error.refusal)
      return 1
    }
    const reference = randomUUID().slice(0, 8)
    logger.error({ err: error, reference }, 'a verb failed')
    output.fail({ code: 'internal', params: { reference } })
    return 1
  }
}
