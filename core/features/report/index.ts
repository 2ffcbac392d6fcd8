import * as contract from '#shared/contract/report.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { query, service, type Feature } from '../../kernel/feature.ts'
import { printInWorker } from '../../output/paper/inWorker.ts'
import { readSetting } from '../setting/read.ts'
import { readReport } from './content.ts'
import { listStored, makeReport, readStored } from './make.ts'
import { paperOf, reportFileName } from './paper.ts'

/** 升级工单预警日报: made each morning and on demand, shown, printed, sent. */
export const report: Feature = {
  name: 'report',
  commands: [],
  queries: [
    query(contract.previewReport, (_input, { db, now }) => readReport(db, now), 'studies'),
    query(contract.listReports, ({ limit }, { db, now }) => ({ now, at: readSetting(db, 'report.time'), reports: listStored(db, limit) })),
    query(contract.getReport, ({ number }, { db, now }) => ({ now, report: readStored(db, number) ?? null })),
    query(contract.reportPaper, ({ number, language }, { db, now }) => {
      const content = readStored(db, number)
      return { now, number: content?.number ?? null, paper: content ? paperOf(content, language) : null }
    }),
    query(contract.reportFile, async ({ number, language }, { db }) => {
      const content = readStored(db, number)
      if (!content) return { file: null }
      const bytes = await printInWorker(paperOf(content, language))
      return { file: { fileName: reportFileName(content.number, language), mime: 'application/pdf', bytes: bytes.toString('base64') } }
    }),
  ],
  services: [
    service(contract.makeReport, async (_input, { db, ask, principal }) => {
      if (!principal) return refuse('unauthenticated')
      return accept({ number: await makeReport(db, ask, principal) })
    }),
  ],
  projections: [],
}
