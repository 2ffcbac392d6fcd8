import type {
  CommandInput,
  CommandName,
  CommandOutput,
  QueryInput,
  QueryName,
  QueryOutput,
  TopicMessage,
  TopicName,
} from '#shared/contract/registry.ts'
import { accept, refuse, type Refusal, type Result } from '#shared/domain/kernel/refusal.ts'
import { isAnsweredInPast, isOfPresent } from '#shared/domain/kernel/past.ts'
import { bridgeTransport } from './bridge.ts'
import { httpTransport } from './httpTransport.ts'
import { lookingBack } from './lookingBack.ts'
import type { Call, Reply } from './transport.ts'
import { Unanswered } from './unanswered.ts'

const transport = window.loopdesk ? bridgeTransport(window.loopdesk) : httpTransport()
/** Whether the session is kept outside the page. */
export const keepsSession = window.loopdesk !== undefined
const TRIES = 3
const PAUSE_MS = 600

let sessionLost: () => unknown = () => false
/**
 * Called when the service center no longer knows the session; what was typed stays where it is. True: somebody will
 * sign in again, and what was asked meanwhile waits for it.
 */
export function onSessionLost(callback: () => unknown): void {
  sessionLost = callback
  transport.onSessionEnded(() => void callback())
}
export const useToken = (token: string | null): void => transport.signedIn(token)

let signedInAgain = Promise.withResolvers<undefined>()
/** What waited for the session goes on. */
export function goOn(): void {
  signedInAgain.resolve(undefined)
  signedInAgain = Promise.withResolvers()
}
/** Does not wait for the next try to reach the service center. */
export const reconnect = (): void => transport.reconnect()

const unanswered = new Unanswered(sessionStorage)

/** Sent again under the new session, where the old one ended: nobody has to press twice. */
async function invoke(call: Call): Promise<Reply> {
  const reply = await transport.invoke(call)
  const isLost = reply.status === 401 && !call.name.startsWith('session.')
  if (!isLost || sessionLost() !== true) return reply
  await signedInAgain.promise
  return transport.invoke(call)
}

export async function command<Name extends CommandName>(
  name: Name,
  input: CommandInput[Name],
  /** Under which it goes out, where somebody keeps it longer than this page lives. */
  own?: string,
): Promise<Result<CommandOutput[Name]>> {
  if (lookingBack && !isOfPresent(name)) return refuse('momentReadOnly')
  const call = `${name} ${JSON.stringify(input)}`
  const id = own ?? unanswered.idOf(call)
  for (let attempt = 1; ; attempt++) {
    const reply = await invoke({ kind: 'command', name, input, id })
    if (reply.status !== 0) {
      unanswered.answered(call)
      return outcome(reply)
    }
    if (attempt === TRIES) return refuse('unreachable')
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt))
  }
}

export async function query<Name extends QueryName>(
  name: Name,
  input: QueryInput[Name],
): Promise<Result<QueryOutput[Name]>> {
  if (lookingBack && !isOfPresent(name)) return inPast(lookingBack.moment, name, input)
  return outcome(await invoke({ kind: 'query', name, input }))
}

/** As the service center would have answered then. */
async function inPast<Name extends QueryName>(moment: string, name: Name, input: QueryInput[Name]): Promise<Result<QueryOutput[Name]>> {
  if (!isAnsweredInPast(name)) return refuse('notInPast')
  const answer = outcome<{ answer: QueryOutput[Name] }>(await invoke({ kind: 'query', name: 'timeMachine.ask', input: { moment, query: name, input } }))
  return answer.ok ? accept(answer.value.answer) : answer
}

export async function upload(file: Blob): Promise<Result<{ hash: string; size: number }>> {
  return outcome(await transport.upload(file))
}
export const download = (hash: string): Promise<Blob | null> => transport.download(hash)

/** Messages of one topic from now on. `connected` tells when some may have been missed. */
export function subscribe<Name extends TopicName>(
  topic: Name,
  take: (message: TopicMessage[Name]) => void,
  connected: (connected: boolean) => void,
): () => void {
  return transport.subscribe([topic], {
    message: (from, message) => {
      // What happens now is nothing of then.
      if (from === topic && (!lookingBack || isOfPresent(`${topic}.`))) take(message as TopicMessage[Name])
    },
    connected,
  })
}

let serverTime: (now: number) => void = () => undefined
/** Called with the time of the service center (UTC ms) whenever an answer says it. */
export function onServerTime(callback: (now: number) => void): void {
  serverTime = callback
}

function outcome<Value>(reply: Reply): Result<Value> {
  const now = (reply.body as { now?: unknown } | null)?.now
  if (typeof now === 'number' && !lookingBack) serverTime(now)
  const isGood = reply.status >= 200 && reply.status < 300
  // Cut off in the middle of an answer: nothing is known of it.
  if (reply.status === 0 || (isGood && reply.body === null)) return refuse('unreachable')
  if (isGood) return accept(reply.body as Value)
  const error = (reply.body as { error?: Refusal } | null)?.error
  return error ? { ok: false, refusal: error } : refuse('serverFault')
}
