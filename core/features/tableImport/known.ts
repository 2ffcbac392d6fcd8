import { createHash } from 'node:crypto'
import type { TableKind } from '#shared/domain/tableImport/kinds.ts'
import { codeKey, nameKey, phoneKey } from '#shared/domain/tableImport/normal.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { stayingOf } from '../customer/merged.ts'

const PAGE = 2000

/** Names by a 48-bit digest: a hundred thousand of them take some megabytes, however long they are. */
export class Keys<Value> {
  readonly #map = new Map<number, Value>()

  get(key: string): Value | undefined {
    return this.#map.get(digest(key))
  }
  set(key: string, value: Value): void {
    this.#map.set(digest(key), value)
  }
}

const digest = (key: string): number => createHash('sha256').update(key).digest().readUIntBE(0, 6)

export const machineKey = (serial: string, model: string): string => `${codeKey(serial)}\n${codeKey(model)}`

/** Who and what this desk knows, by names as people mean them. Read once when a table is looked at, in pages. */
export class Known {
  readonly customers = new Keys<string>()
  readonly customerPhones = new Keys<{ readonly id: string; readonly name: string }>()
  /** By serial and model. */
  readonly machines = new Keys<string>()
  readonly machinesBySerial = new Keys<readonly string[]>()
  /** Logins by login, and by the name that others see. */
  readonly logins = new Keys<string>()
  readonly people = new Keys<readonly string[]>()

  addCustomer(id: string, name: string, phone = ''): void {
    const key = nameKey(name)
    // Of two that were registered under one name by hand, the first stands.
    if (this.customers.get(key) === undefined) this.customers.set(key, id)
    if (phoneKey(phone).length >= 7 && this.customerPhones.get(phoneKey(phone)) === undefined) this.customerPhones.set(phoneKey(phone), { id, name })
  }

  addMachine(id: string, serial: string, model: string): void {
    const key = machineKey(serial, model)
    if (this.machines.get(key) === undefined) this.machines.set(key, id)
    const known = this.machinesBySerial.get(codeKey(serial)) ?? []
    if (!known.includes(id)) this.machinesBySerial.set(codeKey(serial), [...known, id])
  }

  addPerson(id: string, name: string): void {
    this.logins.set(id, id)
    const known = this.people.get(nameKey(name)) ?? []
    if (!known.includes(id)) this.people.set(nameKey(name), [...known, id])
  }
}

const NEEDS: Readonly<Record<TableKind, readonly ('customer' | 'equipment' | 'user')[]>> = {
  customers: ['customer'],
  machines: ['customer', 'equipment'],
  parts: [],
  engineers: ['user'],
  users: ['user'],
  orders: ['customer', 'equipment', 'user'],
  skills: [],
  engineerProfiles: ['user'],
  shifts: ['user'],
}

/** @param pause called between two pages */
export async function readKnown(db: ReadableDb, kind: TableKind, pause: () => Promise<void>): Promise<Known> {
  const known = new Known()
  if (NEEDS[kind].includes('customer')) {
    await pages<{ id: string; name: string; phone: string }>(
      db,
      'SELECT id, name, contact_phone AS phone FROM customer WHERE id > ? ORDER BY id LIMIT ?',
      pause,
      // A row that names a merged customer means the one that it became.
      ({ id, name, phone }) => known.addCustomer(stayingOf(db, id), name, phone),
    )
  }
  if (NEEDS[kind].includes('equipment')) {
    await pages<{ id: string; serial: string; model: string }>(
      db,
      'SELECT id, serial, model FROM equipment WHERE id > ? ORDER BY id LIMIT ?',
      pause,
      ({ id, serial, model }) => known.addMachine(id, serial, model),
    )
  }
  if (NEEDS[kind].includes('user')) {
    await pages<{ id: string; name: string }>(
      db,
      'SELECT id, display_name AS name FROM user_account WHERE id > ? ORDER BY id LIMIT ?',
      pause,
      ({ id, name }) => known.addPerson(id, name),
    )
  }
  return known
}

async function pages<Row extends { readonly id: string }>(
  db: ReadableDb,
  select: string,
  pause: () => Promise<void>,
  take: (row: Row) => void,
): Promise<void> {
  let after = ''
  for (;;) {
    const rows = all<Row>(db, select, after, PAGE)
    for (const row of rows) take(row)
    if (rows.length < PAGE) return
    after = rows.at(-1)?.id ?? ''
    await pause()
  }
}
