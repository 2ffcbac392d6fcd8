import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createApp, type App } from '#core/app.ts'
import { isDemo, makeDemo } from '#core/features/session/demo.ts'
import { firstAdmin } from '#core/features/session/firstAdmin.ts'
import { dispatch } from '#core/gateway/dispatch.ts'
import { identify } from '#core/gateway/identify.ts'
import { openAtUsualPort, type Service } from '#core/gateway/service.ts'
import type { Host } from '#core/kernel/host.ts'
import { nextDueAt } from '#core/scheduler/dueTimers.ts'
import { liveEndpoint } from '#core/store/attach.ts'
import { DataFolderError } from '#core/store/errors.ts'
import { databaseFile } from '#core/store/open.ts'
import { finishSuccession } from '#core/store/succession.ts'
import { refusalMessage } from '#shared/i18n/refusalMessage.ts'
import { readOptions } from './main/options.ts'
import { frameOf, type Call, type FromCore, type Subscription, type ToCore, type Told } from './messages.ts'

/**
 * The service center inside the desktop program: the same core as `serve`, in a process of its own. It answers the
 * main process over its port, and the command line over the endpoint file like any running service center.
 */
const options = readOptions(process.argv.slice(2), process.env)
const port = process.parentPort
const tell = (message: FromCore): void => port.postMessage(message)
const subscriptions = new Map<number, () => void>()
const ending = new AbortController()

/** Long enough for the answer under way to leave; the program starts an ended core again, which opens what is there then. */
const LAST_ANSWER_MS = 250
const host: Host = { reopen: () => void setTimeout(() => void stop(), LAST_ANSWER_MS), seed }

let app: App | undefined
let service: Service | undefined

port.on('message', ({ data }: { data: ToCore }) => void hear(data))
await open()

async function open(): Promise<void> {
  try {
    finishSuccession(options.data)
    if (options.demo && !existsSync(databaseFile(options.data))) await seed(options.data)
    app = createApp({ data: options.data, program: 'desktop', host })
  } catch (error) {
    if (!(error instanceof DataFolderError)) throw error
    const { code } = error
    const url = code === 'folderLocked' ? liveEndpoint(options.data)?.url : undefined
    return tell({ type: 'trouble', trouble: { code, message: refusalMessage(error.refusal, options.locale), url } })
  }
  const firstPassword = await letSomebodyIn(app)
  service = await openAtUsualPort(app, options.data)
  app.start()
  app.pipeline.onCommitted(() => tellNextDue())
  tell({ type: 'ready', opened: { url: service.url, firstPassword } })
  tellNextDue()
}

/** The first start of a demo shows a service center at work. @param progress part done */
async function seed(data: string, progress?: (part: number) => void): Promise<void> {
  const { seedDemo, SMALL_DEMO } = await import('#core/features/demo/seedDemo.ts')
  const tell = (done: number, total: number): void => progress?.(total > 0 ? done / total : 0)
  await seedDemo({ data, ...SMALL_DEMO, progress: tell, signal: ending.signal })
}

/** Returns the one-time password of an administrator made just now. */
async function letSomebodyIn(desk: App): Promise<string | undefined> {
  if (options.demo || isDemo(desk.db)) {
    await makeDemo(desk)
    return undefined
  }
  const password = randomBytes(12).toString('base64url')
  return (await firstAdmin(desk, password)) ? password : undefined
}

async function hear(message: ToCore): Promise<void> {
  switch (message.type) {
    case 'invoke':
      return invoke(message.ref, message.call, message.token)
    case 'subscribe':
      return subscribe(message.ref, message.subscription)
    case 'unsubscribe':
      return unsubscribe(message.ref)
    case 'tick':
      return tick()
    case 'stop':
      return stop()
  }
}

/** Sweeps, then says when to ring again. */
async function tick(): Promise<void> {
  app?.tick()
  await app?.idle()
  tellNextDue()
}

function tellNextDue(): void {
  if (app?.db.raw.open) tell({ type: 'nextDue', at: nextDueAt(app.db) ?? null })
}

async function invoke(ref: number, call: Call, token: string | undefined): Promise<void> {
  if (!app) return
  const reply = await dispatch(app, { ...call, token, audience: 'desk', locale: options.locale })
  tell({ type: 'reply', ref, reply })
}

function subscribe(ref: number, { topics, token }: Subscription): void {
  if (!app || !service) return
  const caller = identify(app, { token })
  if (!caller.ok || caller.value.mustChangePassword) return
  unsubscribe(ref)
  const { stop: end } = service.stream.subscribe(caller.value.principal, topics, (text) =>
    tell({ type: 'frame', ref, frame: frameOf(JSON.parse(text) as Told) }),
  )
  tell({ type: 'frame', ref, frame: { connected: true } })
  subscriptions.set(ref, end)
}

function unsubscribe(ref: number): void {
  subscriptions.get(ref)?.()
  subscriptions.delete(ref)
}

async function stop(): Promise<void> {
  ending.abort()
  for (const end of subscriptions.values()) end()
  await service?.close()
  app?.close()
  process.exit(0)
}
