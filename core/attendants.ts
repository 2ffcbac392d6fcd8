import { consoleChannel } from './connectors/notify/console.ts'
import { Describer } from './features/audit/describer.ts'
import { tellOfConflicts } from './features/notification/conflicts.ts'
import { tellOfReceived } from './features/notification/received.ts'
import { DefectMarker } from './features/knownDefect/marker.ts'
import { Bookkeeper } from './features/erp/bookkeeper.ts'
import { localLedger } from './connectors/erp/ledger.ts'
import { Delivery, type DeliveryParts } from './features/outbox/worker.ts'
import { ReportMaker } from './features/report/maker.ts'
import { SurveySender } from './features/survey/sender.ts'
import type { Attention } from './kernel/attention.ts'
import type { Ask } from './kernel/feature.ts'
import type { Spine } from './kernel/spine.ts'
import { PromiseWatch } from './scheduler/promiseWatch.ts'
import { Scheduler, type SchedulerWarning } from './scheduler/scheduler.ts'

/**
 * What a service center does by itself, beside answering: timers fire, messages leave, lost decisions are told.
 * A program that only imports or reports never starts it.
 */
export class Attendants {
  readonly #spine: Spine
  readonly #scheduler: Scheduler
  readonly #promises: PromiseWatch
  readonly #delivery: Delivery
  readonly #bookkeeper: Bookkeeper
  readonly #describer: Describer
  readonly #marker: DefectMarker
  readonly #reports: ReportMaker
  readonly #surveys: SurveySender
  #stopTelling: (() => void) | undefined

  /** @param channels connectors beside the console, which takes what has none */
  constructor(
    spine: Spine,
    ask: Ask,
    attention: Attention,
    warn: (message: string) => void,
    channels: Partial<DeliveryParts['channels']> = {},
  ) {
    const { db, pipeline, clock } = spine
    this.#spine = spine
    this.#describer = new Describer(spine)
    this.#scheduler = new Scheduler({ db, pipeline, clock, attention, warn: (warning) => warn(wordsOf(warning)) })
    this.#promises = new PromiseWatch({ db, pipeline, clock, attention, warn })
    this.#marker = new DefectMarker({ db, pipeline })
    this.#bookkeeper = new Bookkeeper({ db, pipeline, clock, books: localLedger(pipeline) })
    this.#reports = new ReportMaker({ db, ask, clock, warn })
    this.#surveys = new SurveySender({ db, pipeline, clock, warn })
    const toConsole = consoleChannel((line) => process.stderr.write(`${line}\n`))
    this.#delivery = new Delivery({ db, pipeline, clock, attention, channels: { console: toConsole, ...channels } })
  }

  start(): void {
    if (this.#stopTelling) return
    const { db, log, pipeline, clock } = this.#spine
    this.#stopTelling = pipeline.onCommitted((touched, events) => {
      tellOfConflicts(db, log.origin, touched, events, clock())
      tellOfReceived(db, log.origin, events, clock())
    })
    this.#scheduler.start()
    this.#promises.start()
    this.#delivery.start()
    this.#bookkeeper.start()
    this.#describer.start()
    this.#marker.start()
    this.#reports.start()
    this.#surveys.start()
  }

  /** The desktop program's alarm clock rang, or the computer woke up. */
  tick(): void {
    this.#scheduler.tick()
    this.#promises.tick()
    this.#delivery.tick()
    this.#bookkeeper.tick()
    this.#reports.tick()
    this.#surveys.tick()
  }

  /** Settles when no timer or promise that is due and no order that wants a mark is left, and the books have what was due. */
  async idle(): Promise<void> {
    await this.#scheduler.idle()
    await this.#promises.idle()
    await this.#marker.idle()
    await this.#bookkeeper.idle()
    await this.#surveys.idle()
  }

  stop(): void {
    this.#surveys.stop()
    this.#reports.stop()
    this.#marker.stop()
    this.#describer.stop()
    this.#bookkeeper.stop()
    this.#delivery.stop()
    this.#promises.stop()
    this.#scheduler.stop()
    this.#stopTelling?.()
    this.#stopTelling = undefined
  }
}

function wordsOf(warning: SchedulerWarning): string {
  if (warning.kind === 'clockJumped') return `the clock jumped by ${Math.round(warning.byMs / 1000)} s; timers were looked at anew`
  const { order, timer, level } = warning.timer
  return `timer ${timer}/${level} of order ${order} was not fired (${warning.reason}); it is tried again in a minute`
}
