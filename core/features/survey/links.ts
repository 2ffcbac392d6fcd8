import { createHash, randomBytes } from 'node:crypto'
import { one, type ReadableDb } from '../../store/sql.ts'

/** The log and the tables hold the digest alone: who reads them cannot rate in a customer's name. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex')

export function newLink(): { readonly token: string; readonly link: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, link: digestOf(token) }
}

/** Undefined: it was never given out. */
export const orderOfLink = (db: ReadableDb, link: string): { order: string; sentAt: number } | undefined =>
  one(db, 'SELECT order_id AS "order", sent_at AS sentAt FROM survey_link WHERE link = ?', link)
