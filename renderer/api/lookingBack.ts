/** A past moment that everything on the screen is shown as of, until whoever looks at it returns to the present. */
interface LookingBack {
  readonly moment: string
  /** UTC ms. */
  readonly at: number
}

const KEY = 'lookingBack'

function read(): LookingBack | null {
  const kept = sessionStorage.getItem(KEY)
  return kept === null ? null : (JSON.parse(kept) as LookingBack)
}

/** Of this page for as long as it lives: entering and leaving load it anew, so that nothing of one time stays in the other. */
export const lookingBack: LookingBack | null = read()

/** @param path of the page to be shown as of then */
export function lookBack(to: LookingBack, path: string): void {
  sessionStorage.setItem(KEY, JSON.stringify(to))
  location.assign(path)
}

export function returnToPresent(): void {
  sessionStorage.removeItem(KEY)
  location.reload()
}
