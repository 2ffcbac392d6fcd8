/** A message of the program that fills the window before, or instead of, the desk. */
export interface Notice {
  readonly title: string
  readonly text: string
  readonly choices: readonly Choice[]
  /** One line to be typed; it goes with the first choice. */
  readonly box?: { readonly name: string; readonly label: string; readonly value: string }
  /** What was wrong with what was typed. */
  readonly problem?: string
}

export interface Choice {
  /** Part of the link's address. */
  readonly name: string
  readonly label: string
  /** @param form what was typed, where there was a box */
  choose(form: URLSearchParams): void
}

const style = `
:root { color-scheme: light dark; font: 14px/1.7 "Noto Sans SC", "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f4f6f5, #0f1514); color: light-dark(#1a2423, #e7edeb) }
main { max-width: 560px; padding: 32px }
h1 { font-size: 20px; font-weight: 600; margin: 0 0 12px }
p { margin: 0 0 24px; overflow-wrap: anywhere }
a, button { display: inline-block; margin: 0 12px 0 0; padding: 6px 16px; border: 0; border-radius: 6px; background: none; font: inherit; text-decoration: none; cursor: pointer; color: light-dark(#0b6157, #56c7b4) }
a:first-of-type:not(form a), button { background: light-dark(#0b6157, #56c7b4); color: light-dark(#fff, #04211c) }
label { display: block; margin: 0 0 16px; color: light-dark(#53605d, #a3b0ad); font-size: 13px }
input { box-sizing: border-box; width: 100%; min-width: 360px; margin-top: 4px; padding: 6px 8px; border: 1px solid light-dark(#82908c, #71807c); border-radius: 6px; background: light-dark(#fff, #192221); color: inherit; font: inherit; font-size: 14px }
[role=status] { margin: 0 0 16px; color: light-dark(#b01f1c, #ff958d) }
:focus-visible { outline: 2px solid light-dark(#0b6157, #56c7b4); outline-offset: 2px }
`

/** No script: a choice is a link, or sends the form's address; the main process catches both. */
export function noticeHtml({ title, text, choices, box, problem }: Notice, locale: string): { html: string; style: string } {
  const links = choices.map(({ name, label }) => `<a href="/choice/${escape(name)}">${escape(label)}</a>`)
  const [first] = choices
  const form =
    box && first
      ? `<form action="/choice/${escape(first.name)}" method="get"><label>${escape(box.label)}<input name="${escape(box.name)}" value="${escape(box.value)}" maxlength="300" autocomplete="off" spellcheck="false" autofocus required></label>
${problem === undefined ? '' : `<p role="status">${escape(problem)}</p>`}<button>${escape(first.label)}</button>${links.slice(1).join('\n')}</form>`
      : links.join('\n')
  const html = `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><title>Loopdesk</title><style>${style}</style></head>
<body><main role="alert"><h1>${escape(title)}</h1><p>${escape(text)}</p>${form}</main></body></html>`
  return { html, style }
}

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
