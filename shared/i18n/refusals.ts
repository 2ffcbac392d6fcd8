/**
 * What a person reads when something is refused: what happened, what was kept, what to do (LOOK, "Words"). Both
 * languages side by side, so that none is forgotten. `{name}` is filled from the refusal's params.
 */
export const refusals = {
  unknownCommand: {
    'zh-CN': '没有名为“{name}”的操作，数据未改动。请更新程序后再试。',
    en: 'There is no operation named “{name}”. Nothing was changed. Please update the program.',
  },
  invalidInput: {
    'zh-CN': '填写的内容不符合要求，数据未改动。请检查标出的一项。',
    en: 'The input is not valid. Nothing was changed. Please check the marked field.',
  },
  uncleanText: {
    'zh-CN': '文字里有无法保存的字符，数据未改动。请删去后重试。',
    en: 'The text holds characters that cannot be stored. Nothing was changed. Please remove them.',
  },
  commandIdReused: {
    'zh-CN': '同一个操作编号已用于别的内容，数据未改动。请刷新后重做。',
    en: 'This operation id was used for something else. Nothing was changed. Please reload and do it again.',
  },
  stale: {
    'zh-CN': '这张工单刚被别人改过，你的修改没有保存。请看过最新内容后再决定。',
    en: 'Somebody changed this order a moment ago; yours was not saved. Please look again and decide.',
  },
} as const satisfies Record<string, { 'zh-CN': string; en: string }>

export type RefusalCode = keyof typeof refusals
