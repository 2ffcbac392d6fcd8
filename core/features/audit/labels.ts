import type { Subject } from '#shared/domain/kernel/event.ts'
import { one, type ReadableDb } from '../../store/sql.ts'

/** What people call a subject, by its kind; each is a look by primary key. */
const LABELS: Partial<Record<Subject['kind'], string>> = {
  workOrder: 'SELECT number AS label FROM work_order WHERE id = ?',
  customer: 'SELECT name AS label FROM customer WHERE id = ?',
  equipment: "SELECT trim(model || ' ' || serial) AS label FROM equipment WHERE id = ?",
  stock: "SELECT trim(name || ' ' || part || ' ' || warehouse) AS label FROM part_stock WHERE id = ?",
  serviceProvider: 'SELECT name AS label FROM service_provider WHERE id = ?',
  serviceContract: 'SELECT number AS label FROM service_contract WHERE id = ?',
  knownDefect: 'SELECT title AS label FROM known_defect WHERE id = ?',
  skill: 'SELECT name AS label FROM skill WHERE id = ?',
  engineerProfile: 'SELECT display_name AS label FROM user_account WHERE id = ?',
  finance: 'SELECT number AS label FROM work_order WHERE id = ?',
  ledger: 'SELECT number AS label FROM work_order WHERE id = ?',
  price: "SELECT trim(name || ' ' || id) AS label FROM price_item WHERE id = ?",
  view: 'SELECT name AS label FROM saved_view WHERE id = ?',
  user: 'SELECT display_name AS label FROM user_account WHERE id = ?',
}

/** Looks each subject up once. */
export function labelsOf(db: ReadableDb): (subject: Subject) => string {
  const known = new Map<string, string>()
  return (subject) => {
    const key = `${subject.kind}:${subject.id}`
    let label = known.get(key)
    if (label === undefined) {
      const select = LABELS[subject.kind]
      const found = select === undefined ? undefined : one<{ label: string }>(db, select, subject.id)?.label
      known.set(key, (label = found === undefined || found === '' ? subject.id : found))
    }
    return label
  }
}
