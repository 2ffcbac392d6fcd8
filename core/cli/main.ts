import { readArguments, USAGE, UsageError, type Arguments } from './arguments.ts'
import { Output, Refused, terminalLanguage } from './output.ts'
import { serve } from './verbs/serve.ts'

type RunVerb = (args: Arguments, output: Output) => Promise<void>

const verbs: Partial<Record<Arguments['verb'], RunVerb>> = { serve }

process.exitCode = await main(process.argv.slice(2))

/** Exit code: 0 done, 1 refused or failed, 2 wrong usage. */
async function main(argv: readonly string[]): Promise<number> {
  let output = new Output(argv.includes('--json'), terminalLanguage())
  try {
    const args = readArguments(argv)
    if (!args) {
      process.stdout.write(`${USAGE}\n`)
      return 0
    }
    output = new Output(args.json, args.values.lang ?? terminalLanguage())
    await verbs[args.verb]?.(args, output)
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      output.fail({ code: 'usage', params: { reason: error.message } })
      if (!argv.includes('--json')) process.stderr.write(`\n${USAGE}\n`)
      return 2
    }
    if (error instanceof Refused) {
      output.fail(error.refusal)
      return 1
    }
    throw error
  }
}
