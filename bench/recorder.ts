import Database from 'better-sqlite3'

/** One statement that wrote, with what was bound to it. */
export type Write = readonly [sql: string, params: readonly unknown[]]

/**
 * Listens to every write that any connection of this process makes through prepared statements, so that the bare
 * loop of a benchmark writes the same rows into the same tables, and nothing else.
 */
export function recordWrites(): { take(): Write[]; stop(): void } {
  let writes: Write[] = []
  const prepare = Database.prototype.prepare
  Database.prototype.prepare = function (this: Database.Database, source: string) {
    const statement = prepare.call(this, source)
    if (statement.readonly) return statement
    for (const method of ['run', 'get'] as const) {
      const original = statement[method].bind(statement) as (...params: unknown[]) => unknown
      Object.defineProperty(statement, method, {
        value: (...params: unknown[]) => {
          writes.push([source, params])
          return original(...params)
        },
      })
    }
    return statement
  } as typeof prepare
  return {
    take() {
      const taken = writes
      writes = []
      return taken
    },
    stop() {
      Database.prototype.prepare = prepare
    },
  }
}

/** The floor: the recorded writes, prepared once, one FULL transaction a command. */
export function replayWrites(file: string, commands: readonly (readonly Write[])[]): number {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('temp_store = MEMORY')
  db.pragma('cache_size = -65536')
  const statements = new Map<string, Database.Statement>()
  for (const [sql] of commands.flat()) if (!statements.has(sql)) statements.set(sql, db.prepare(sql))
  const prepared = commands.map((writes) => writes.map(([sql, params]) => [statements.get(sql), params] as const))
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const started = performance.now()
  for (const writes of prepared) {
    begin.run()
    for (const [statement, params] of writes) {
      if (statement?.reader) statement.get(...params)
      else statement?.run(...params)
    }
    commit.run()
  }
  const elapsed = performance.now() - started
  db.close()
  return elapsed
}
