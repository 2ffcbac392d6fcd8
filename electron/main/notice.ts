/** A message of the program that fills the window before, or instead of, the desk. */
export interface Notice {
  readonly title: string
  readonly text: string
  readonly choices: readonly Choice[]
}

export interface Choice {
  /** Part of the link's address. */
  readonly name: string
  readonly label: string
  choose(): void
}

const style = `
:root { color-scheme: light dark; font: 14px/1.7 "Noto Sans SC", "PingFang SC", "Microsoft YaHei UI", system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f7f8f8, #16191b); color: light-dark(#1c2426, #e4e9ea) }
main { max-width: 560px; padding: 32px }
h1 { font-size: 20px; font-weight: 600; margin: 0 0 12px }
p { margin: 0 0 24px; overflow-wrap: anywhere }
a { display: inline-block; margin: 0 12px 0 0; padding: 6px 16px; border-radius: 6px; text-decoration: none; color: light-dark(#0b6a66, #62c9c2) }
a:first-of-type { background: light-dark(#0b6a66, #2a9d95); color: #fff }
a:focus-visible { outline: 2px solid light-dark(#0b6a66, #62c9c2); outline-offset: 2px }
`

/** No script: a choice is a link, which the main process catches. */
export function noticeHtml({ title, text, choices }: Notice, locale: string): { html: string; style: string } {
  const links = choices.map(({ name, label }) => `<a href="/choice/${escape(name)}">${escape(label)}</a>`).join('\n')
  const html = `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><title>Loopdesk</title><style>${style}</style></head>
<body><main role="alert"><h1>${escape(title)}</h1><p>${escape(text)}</p>${links}</main></body></html>`
  return { html, style }
}

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
