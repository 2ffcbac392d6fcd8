import * as contract from '#shared/contract/system.ts'
import { accept } from '#shared/domain/kernel/refusal.ts'
import { query, service, type Feature } from '../../kernel/feature.ts'
import { startJob } from './jobs.ts'
import { readStatus } from './status.ts'

/** Upkeep that the owner of the data folder asks of the running service center. */
export const system: Feature = {
  name: 'system',
  commands: [],
  queries: [query(contract.deskStatus, (_input, { db }) => readStatus(db))],
  projections: [],
  services: [
    service(contract.verifyDesk, async ({ anchors }, { upkeep }) => {
      const { bad, protectedUpTo, notes, ...rest } = await upkeep.verify(anchors)
      return accept({ ...rest, bad: [...bad], protectedUpTo: [...protectedUpTo], notes: [...notes] })
    }),
    service(contract.rebuildDesk, async (_input, { upkeep }) => accept(await upkeep.rebuild())),
    service(contract.backUpDesk, async ({ out }, { upkeep }) => accept(await upkeep.backup(out))),
    service(contract.startUpkeep, ({ job }, { db, upkeep, clock }) => {
      startJob(db.raw, job, upkeep, clock)
      return accept({})
    }),
    service(contract.examineDesk, async (_input, { upkeep }) => accept(await upkeep.doctor())),
  ],
}
