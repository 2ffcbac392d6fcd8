/**
 * Every key of the desk that is not about one order (those stand with their actions): the list of shortcuts, the
 * tooltips, the palette and the menu of the desktop program are made of it, and nothing listens to a key outside it.
 * `Ctrl+K`: held together (⌘ on a Mac). `G B`: one after the other. Letters mean the key, whatever the layout makes
 * of it.
 */
export interface Shortcut {
  readonly id: string
  readonly keys: readonly string[]
}

/** The pages, in the order of the navigation. A single letter is for what is opened all day. */
export const PLACES = [
  { id: 'board', keys: ['B', 'G B'] },
  { id: 'promises', keys: ['P', 'G P'] },
  { id: 'orders', keys: ['L', 'G L'] },
  { id: 'register', keys: ['C', 'G C'] },
  { id: 'dispatch', keys: ['S', 'G H'] },
  { id: 'dispatchNumbers', keys: ['G K'] },
  { id: 'myDay', keys: ['G Y'] },
  { id: 'engineers', keys: ['G O'] },
  { id: 'insight', keys: ['G I'] },
  { id: 'customers', keys: ['G U'] },
  { id: 'machines', keys: ['G M'] },
  { id: 'contracts', keys: ['G T'] },
  { id: 'parts', keys: ['G S'] },
  { id: 'finance', keys: ['G Z'] },
  { id: 'providers', keys: ['G R'] },
  { id: 'knownDefects', keys: ['G F'] },
  { id: 'rescue', keys: ['G J'] },
  { id: 'reports', keys: ['G V'] },
  { id: 'patterns', keys: ['G X'] },
  { id: 'timeMachine', keys: ['G W'] },
  { id: 'audit', keys: ['G A'] },
  { id: 'settings', keys: ['G E'] },
  { id: 'notices', keys: ['G N'] },
] as const satisfies readonly Shortcut[]
export type PlaceId = (typeof PLACES)[number]['id']

/** What can be done everywhere. */
export const DEEDS = [
  { id: 'search', keys: ['/', 'Ctrl+K'] },
  { id: 'help', keys: ['?'] },
  { id: 'theme', keys: ['G D'] },
  { id: 'quiet', keys: ['G Q'] },
] as const satisfies readonly Shortcut[]
export type DeedId = (typeof DEEDS)[number]['id']

/** Within a page, which listens to them itself; Esc closes what is open wherever one is. */
export const PAGE_KEYS = {
  board: [
    { id: 'arrows', keys: ['←', '↑', '↓', '→'] },
    { id: 'open', keys: ['Enter'] },
    { id: 'mark', keys: ['Space'] },
    { id: 'ends', keys: ['Home', 'End'] },
    { id: 'forward', keys: ['Shift+→'] },
    { id: 'sendBack', keys: ['Shift+←'] },
    { id: 'filterText', keys: ['Shift+F'] },
    { id: 'views', keys: ['Shift+V'] },
    { id: 'lanes', keys: ['Shift+L'] },
    { id: 'undo', keys: ['Ctrl+Z'] },
  ],
  orders: [
    { id: 'walk', keys: ['J', 'K'] },
    { id: 'pages', keys: ['PageUp', 'PageDown'] },
    { id: 'open', keys: ['Enter'] },
    { id: 'mark', keys: ['X', 'Space'] },
    { id: 'markAll', keys: ['Ctrl+A'] },
    { id: 'filterText', keys: ['Shift+F'] },
    { id: 'views', keys: ['Shift+V'] },
  ],
  promises: [
    { id: 'walk', keys: ['J', 'K'] },
    { id: 'handOverShift', keys: ['Shift+H'] },
    { id: 'views', keys: ['Shift+V'] },
  ],
  dispatch: [
    { id: 'toWaiting', keys: ['W'] },
    { id: 'toEngineers', keys: ['E'] },
    { id: 'walkTimeline', keys: ['←', '↑', '↓', '→'] },
    { id: 'place', keys: ['M'] },
    { id: 'carry', keys: ['←', '→', 'Shift+←', 'Shift+→'] },
    { id: 'length', keys: ['[', ']'] },
    { id: 'putDown', keys: ['Enter', 'Esc'] },
    { id: 'takeSuggestion', keys: ['1', '9'] },
    { id: 'pin', keys: ['X'] },
    { id: 'unbook', keys: ['Delete'] },
    { id: 'openOrder', keys: ['O'] },
    { id: 'visitNeeds', keys: ['Shift+T'] },
    { id: 'days', keys: ['Shift+←', 'Shift+→'] },
    { id: 'today', keys: ['T'] },
    { id: 'dayOrWeek', keys: ['V'] },
    { id: 'zoom', keys: ['+', '-'] },
    { id: 'map', keys: ['Shift+M'] },
    { id: 'planDay', keys: ['Shift+P'] },
    { id: 'replan', keys: ['Shift+R'] },
    { id: 'filterText', keys: ['Shift+F'] },
  ],
  master: [
    { id: 'walk', keys: ['J', 'K'] },
    { id: 'toRecord', keys: ['Enter'] },
    { id: 'edit', keys: ['E'] },
    { id: 'create', keys: ['+'] },
    { id: 'keep', keys: ['Ctrl+Enter'] },
  ],
  register: [
    { id: 'nextBox', keys: ['Enter'] },
    { id: 'keep', keys: ['Ctrl+Enter'] },
    { id: 'openTwin', keys: ['Alt+O'] },
    { id: 'mergeTwin', keys: ['Alt+M'] },
  ],
  drawer: [
    { id: 'print', keys: ['Ctrl+P'] },
    { id: 'close', keys: ['Esc'] },
  ],
} as const satisfies Readonly<Record<string, readonly Shortcut[]>>

/** A place or a deed by what was pressed, `G B` for two presses; undefined: the key is nobody's. */
export function shortcutOf(pressed: string): PlaceId | DeedId | undefined {
  const has = ({ keys }: Shortcut): boolean => keys.includes(pressed)
  return PLACES.find(has)?.id ?? DEEDS.find(has)?.id
}

export const isShortcut = (id: string): id is PlaceId | DeedId => [...PLACES, ...DEEDS].some((each) => each.id === id)

export const keysOf = (id: PlaceId | DeedId): readonly string[] =>
  [...PLACES, ...DEEDS].find((each) => each.id === id)?.keys ?? []
