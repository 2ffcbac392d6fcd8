import type Database from 'better-sqlite3'
import * as contract from '#shared/contract/live.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { isConfirmed } from '#shared/domain/live/steps.ts'
import { service, type ServedCenter, type ServiceContext } from '../../kernel/feature.ts'
import { clearSuccessor, completeSuccessor, fixedFolder } from '../../store/succession.ts'
import { isDemo } from '../session/demo.ts'
import { passwordProblem } from '../session/password.ts'
import { layOutReal, packBaggage } from './prepare.ts'
import { readProgress, writeProgress } from './progress.ts'
import { isEmptyDesk } from './state.ts'

/** Successors that are being laid out, by the folder that they succeed: part done. */
const preparing = new WeakMap<Database.Database, number>()
export const preparedPart = (raw: Database.Database): number | null => preparing.get(raw) ?? null

/** Why this folder cannot be succeeded by another one. */
export function problemOf({ center }: { readonly center: Pick<ServedCenter, 'host' | 'folder'> }): string | undefined {
  return center.host ? fixedFolder(center.folder) : 'notServed'
}

/** Lays the successor out; once it is complete, the host lets it take the place. */
async function succeed(context: ServiceContext, keep: 'demo' | null, layOut: (successor: string, progress: (part: number) => void) => Promise<unknown>): Promise<void> {
  const { db, center, clock } = context
  preparing.set(db.raw, 0)
  try {
    await layOut(clearSuccessor(center.folder), (part) => void preparing.set(db.raw, Math.min(1, part)))
    completeSuccessor(center.folder, keep, clock())
    center.host?.reopen()
  } catch (error) {
    clearSuccessor(center.folder)
    throw error
  } finally {
    preparing.delete(db.raw)
  }
}

export const liveServices = [
  service(contract.visitStep, ({ step }, { db }) => {
    const progress = readProgress(db)
    writeProgress(db, { ...progress, step, visited: [...new Set([...progress.visited, step])] })
    return accept({})
  }),

  service(contract.finishLive, (_input, { db, clock }) => {
    const progress = readProgress(db)
    writeProgress(db, { ...progress, finishedAt: progress.finishedAt ?? clock() })
    return accept({})
  }),

  service(contract.goReal, async (input, context) => {
    const { db, center } = context
    if (!isDemo(db)) return refuse('noDemo')
    const problem = problemOf(context)
    if (problem !== undefined) return refuse(problem, undefined, { folder: center.folder })
    if (preparing.has(db.raw)) return refuse('successorBusy')
    if (!isConfirmed(input.confirmation)) return refuse('notConfirmed', 'confirmation')
    const weak = passwordProblem(input.admin.password, input.admin.login)
    if (weak !== undefined) return refuse(weak, 'password')
    const baggage = packBaggage(db, input)
    await succeed(context, input.demoFolder === 'keep' ? 'demo' : null, (successor) =>
      layOutReal(() => center.openBeside(successor), input, baggage),
    )
    return accept({})
  }),

  service(contract.goDemo, async (_input, context) => {
    const { db, center } = context
    if (isDemo(db)) return refuse('demoAlready')
    if (!isEmptyDesk(db)) return refuse('notEmpty')
    const problem = problemOf(context)
    if (problem !== undefined) return refuse(problem, undefined, { folder: center.folder })
    if (preparing.has(db.raw)) return refuse('successorBusy')
    // Longer than an answer may take: how far it is says `live.state`.
    void succeed(context, null, (data, progress) => center.host?.seed(data, progress) ?? Promise.resolve()).catch((error: unknown) => process.emitWarning(`the demo could not be prepared: ${String(error)}`, 'Loopdesk'))
    return accept({})
  }),
]
