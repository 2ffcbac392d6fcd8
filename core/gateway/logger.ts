import { pino } from 'pino'

/**
 * The program's log, on stderr as JSON lines. Inputs are never logged: they hold personal data and secrets.
 * LOOPDESK_LOG sets the level.
 */
export const logger = pino(
  { name: 'loopdesk', level: process.env['LOOPDESK_LOG'] ?? 'warn', base: null },
  pino.destination(2),
)
