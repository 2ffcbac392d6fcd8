/** The desktop program around the page; undefined in a browser. */
export const shell = window.loopdesk?.shell

/** The origin of links for browsers: this page's own, or of the service center behind a window of the program. */
export const linkOrigin = (): Promise<string | null> => (shell ? shell.address() : Promise.resolve(location.origin))

/** Opens the print dialogue for what is on the screen, in the desktop program and in a browser alike. */
export async function printPage(): Promise<void> {
  if (shell) await shell.print()
  else window.print()
}
