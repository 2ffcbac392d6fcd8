import { keepsSession } from '../api/client.ts'

const KEPT = 'wallToken'
/** Where the desk's pages keep the session of whoever is signed in, in this browser. */
const SESSION = 'session'

/**
 * The token of this display. It comes in the fragment of the link, which no browser sends to a server and no log sees,
 * is kept on this machine and taken out of the address bar, so that nobody photographs it. Whoever is signed in here
 * needs none. undefined: there is none.
 */
export function readLink(): string | undefined {
  const given = new URLSearchParams(location.hash.slice(1)).get('token')
  if (given) {
    try {
      localStorage.setItem(KEPT, given)
      history.replaceState(null, '', location.pathname)
    } catch {
      // Nothing can be kept on this machine: then the link stays where it is.
    }
    return given
  }
  return localStorage.getItem(KEPT) ?? localStorage.getItem(SESSION) ?? undefined
}

/** The desktop program keeps the session of its windows itself. */
export const hasEntrance = (token: string | undefined): boolean => token !== undefined || keepsSession
