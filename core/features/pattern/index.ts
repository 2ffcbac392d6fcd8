import * as contract from '#shared/contract/pattern.ts'
import { minePatterns, RULES } from '#shared/domain/pattern/mine.ts'
import { patternKey } from '#shared/domain/pattern/traits.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { printInWorker } from '../../output/paper/inWorker.ts'
import { all, one } from '../../store/sql.ts'
import { patternCommands } from './commands.ts'
import { casesOf, readCases, readMachines, spanOf } from './history.ts'
import { tellOfPatterns } from './news.ts'
import { patternFileName, patternPaper } from './paper.ts'
import { patternRows, traitRows } from './projection.ts'
import { readRecord, readRecords } from './records.ts'

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** 缺陷洞察: which faults befall whom more than chance, and what becomes of them once R&D knows. */
export const pattern: Feature = {
  name: 'pattern',
  commands: patternCommands,
  queries: [
    query(contract.findPatterns, async ({ from, to }, { db, now }) => {
      const span = spanOf(db, { from, to })
      const orders = readCases(db, span.from, span.to)
      const mined = await minePatterns(orders, readMachines(db), pause)
      const rules = { falseDiscovery: RULES.falseDiscovery, cases: RULES.cases, machines: RULES.machines }
      return {
        now,
        from,
        to,
        tests: mined.tests,
        orders: mined.cases,
        rules,
        patterns: mined.patterns.map((found) => {
          const ids = casesOf(orders, found.fault, found.conditions).map(({ order }) => order)
          const cases = all<{ order: string; number: string }>(
            db,
            `SELECT id AS "order", number FROM work_order WHERE id IN (SELECT value FROM json_each(?)) ORDER BY first_contact_at DESC, id`,
            JSON.stringify(ids),
          )
          const sent = one<{ id: string }>(db, 'SELECT id FROM fault_pattern WHERE key = ? ORDER BY sent_at DESC LIMIT 1', patternKey(found.fault, found.conditions))
          return { ...found, conditions: [...found.conditions], cases, sent: sent?.id ?? null }
        }),
      }
    }, 'studies'),
    query(contract.listPatterns, (_input, { db, now }) => ({ now, patterns: readRecords(db) })),
    query(contract.getPattern, (input, { db, now }) => ({ now, pattern: readRecord(db, input.pattern, now) }), 'studies'),
    query(contract.patternPaper, (input, { db, now }) => {
      const record = readRecord(db, input.pattern, now)
      return { now, paper: record && patternPaper(db, record, input.language, now) }
    }, 'studies'),
    query(contract.patternFile, async (input, { db, now }) => {
      const record = readRecord(db, input.pattern, now)
      if (!record) return { file: null }
      const bytes = await printInWorker(patternPaper(db, record, input.language, now))
      return { file: { fileName: patternFileName(record, input.language), mime: 'application/pdf', bytes: bytes.toString('base64') } }
    }, 'studies'),
  ],
  projections: [traitRows, patternRows],
  reactors: [tellOfPatterns],
}
