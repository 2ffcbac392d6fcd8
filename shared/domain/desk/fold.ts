import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'

/** One installation, an origin of events. Its signing key and each rotation are in its own chain. */
export interface DeskEvents {
  deskCreated: { code: string; publicKey: string }
  keyRotated: { publicKey: string; signedByOld: string }
  restoredFrom: { origin: string; seq: number; hash: string }
}
export type DeskEvent = { [Type in keyof DeskEvents]: StoredEvent<Type, DeskEvents[Type]> }[keyof DeskEvents]

export interface DeskState {
  readonly id: string
  readonly code: string
  /** Ed25519, SPKI as base64; newest last. */
  readonly keys: readonly { readonly from: number; readonly publicKey: string }[]
}

export const deskFold: SubjectFold<DeskState> = {
  initial: (id) => ({ id, code: '', keys: [] }),
  evolve(state, stored) {
    const event = stored as DeskEvent
    switch (event.type) {
      case 'deskCreated':
        return { ...state, code: event.data.code, keys: [{ from: event.seq, publicKey: event.data.publicKey }] }
      case 'keyRotated':
        return { ...state, keys: [...state.keys, { from: event.seq, publicKey: event.data.publicKey }] }
      default:
        return state
    }
  },
}
