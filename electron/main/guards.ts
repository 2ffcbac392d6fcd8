import { app, shell, type Session, type WebContents } from 'electron'
import { DESK, isExternalLink, mayLoad, NOTICE, originOf } from './addresses.ts'
import { showsNotice } from './noticeBoard.ts'

/** All that the desk needs: copying a number, full screen for the wall, a notice of the system. */
const PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen', 'notifications'])

const mayUse = (permission: string, origin: string): boolean =>
  PERMISSIONS.has(permission) && (origin === DESK || origin === `${DESK}/`)

/**
 * Everything is refused that the desk does not need, whoever asks.
 * @param tiles where pictures of the map come from at the moment; empty: from nowhere
 */
export function guardSession(session: Session, tiles: () => string): void {
  session.setPermissionRequestHandler((contents, permission, decide) => decide(mayUse(permission, originOf(contents.getURL()))))
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}))
  session.on('will-download', (_event, item) => {
    // What the desk itself made (a report, a sheet) is a blob; nothing is fetched.
    if (!item.getURL().startsWith('blob:')) item.cancel()
  })
  // Pages talk to the service center through the bridge alone: nothing of theirs reaches a network but for tiles.
  session.webRequest.onBeforeRequest(({ url, resourceType }, decide) => decide({ cancel: !mayLoad(url, resourceType, tiles()) }))
}

/**
 * Locks every web contents of the program, also those that nobody meant to make.
 * @param onChoice somebody chose on a message of the program, with what was typed there
 */
export function guardContents(onChoice: (contents: WebContents, choice: string, form: URLSearchParams) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => {
      const url = event.url
      // The desk loads itself anew where another person, or another desk, is to be seen: it stays where it is.
      if (event.isMainFrame && originOf(url) === DESK && url === contents.getURL()) return
      // Otherwise it moves by its router; a real navigation is either a choice on a notice or refused.
      event.preventDefault()
      if (event.isMainFrame && showsNotice(contents) && url.startsWith(`${NOTICE}/choice/`)) {
        const { pathname, searchParams } = new URL(url)
        onChoice(contents, pathname.split('/').at(-1) ?? '', searchParams)
      } else if (event.isMainFrame) openOutside(url)
    })
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url)
      return { action: 'deny' }
    })
  })
}

function openOutside(address: string): void {
  if (isExternalLink(address)) void shell.openExternal(address)
}
