import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DeskStatus } from '#shared/contract/system.ts'
import { backupStateOf } from '../../maintenance/backupState.ts'
import { originOf } from '../../store/desk.ts'
import { schemaOf } from '../../store/migrate.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { jobsOf } from './jobs.ts'

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }

interface Head {
  readonly origin: string
  readonly seq: number
  readonly hash: Buffer
}

export function readStatus(db: ReadableDb): DeskStatus {
  const origin = originOf(db) ?? ''
  const heads = all<Head>(db, 'SELECT origin, seq, hash FROM chain_head')
  const own = heads.find((head) => head.origin === origin)
  return {
    version,
    folder: dirname(db.raw.name),
    size: statSync(db.raw.name).size,
    schema: schemaOf(db),
    origin,
    events: heads.reduce((sum, { seq }) => sum + seq, 0),
    chains: heads.length,
    head: { seq: own?.seq ?? 0, hash: own?.hash.toString('hex') ?? '' },
    backup: backupStateOf(db),
    jobs: jobsOf(db.raw),
  }
}
