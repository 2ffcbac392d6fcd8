import { absence } from '#core/features/absence/index.ts'
import { escalation } from '#core/features/escalation/index.ts'
import { notification } from '#core/features/notification/index.ts'
import { promise } from '#core/features/promise/index.ts'
import { shiftHandover } from '#core/features/shiftHandover/index.ts'
import { setting } from '#core/features/setting/index.ts'
import type { QueryInput, QueryName, QueryOutput } from '#shared/contract/registry.ts'
import { all } from '#core/store/sql.ts'
import { OrderDesk } from './orderDesk.ts'

const MORE = [setting, shiftHandover, escalation, notification, promise, absence]

/** Orders with promises, hand-overs, deputies and notices. */
export class HandoverDesk extends OrderDesk {
  constructor() {
    super(MORE)
  }

  async ask<Name extends QueryName>(user: string, name: Name, input: QueryInput[Name]): Promise<QueryOutput[Name]> {
    const query = this.features.flatMap(({ queries }) => queries).find(({ contract }) => contract.name === name)
    if (!query) throw new Error(`no query ${name}`)
    const { db } = this.spine
    const parsed = query.contract.input.parse(input)
    const answer = await query.handle(parsed as never, { db, now: this.now, principal: this.principal(user) } as never)
    return query.contract.output.parse(answer) as QueryOutput[Name]
  }

  offers(user: string): Promise<QueryOutput['shiftHandover.list']> {
    return this.ask(user, 'shiftHandover.list', {})
  }

  /** What somebody was told, oldest first. */
  told(user: string): { kind: string; order_id: string | null; params: Record<string, unknown> }[] {
    return all<{ kind: string; order_id: string | null; params: string }>(
      this.spine.db,
      'SELECT kind, order_id, params FROM notification WHERE user = ? ORDER BY created_at, id',
      user,
    ).map((row) => ({ ...row, params: JSON.parse(row.params) as Record<string, unknown> }))
  }

  rebuild(): void {
    const { db, subjects } = this.spine
    db.raw.exec('BEGIN IMMEDIATE')
    subjects.rebuild()
    db.raw.exec('COMMIT')
  }
}
