/** Refusals of hand-overs and deputies. */
export const promiseRefusals = {
  notYourOffer: {
    'zh-CN': '工单 {number} 的交接不是您提出的，没有收回。请由提出的人或负责人收回。',
    en: 'You did not offer order {number}; the offer stands. Whoever made it, or the owner, can take it back.',
  },
  notYourOrders: {
    'zh-CN': '只能交出自己负责的工单，没有交接。替同事交接请找主管或他的代理人。',
    en: 'Only your own orders are yours to hand over. Nothing was offered. A supervisor, or who stands in for a colleague, can do it for him.',
  },
  ownShift: {
    'zh-CN': '不能交班给工单现在的负责人，没有交班。请另选一位同事。',
    en: 'The orders belong to this person already. Nothing was offered. Please choose somebody else.',
  },
  tooManyOrders: {
    'zh-CN': '一次最多交接 {most} 张工单，没有交班。请分几次选择。',
    en: 'At most {most} orders are handed over at once. Nothing was offered. Please choose them in parts.',
  },
  nothingToHandOver: {
    'zh-CN': '没有可以交接的未结工单，没有交班。请重新选择。',
    en: 'There is no open order to hand over. Nothing was offered. Please choose again.',
  },
  noShift: {
    'zh-CN': '没有找到与您有关的这次交班，数据未改动。请刷新查看。',
    en: 'There is no such shift hand-over of yours. Nothing was changed. Please reload.',
  },
  notInShift: {
    'zh-CN': '选中的工单不在这次交班里，数据未改动。请刷新后重选。',
    en: 'A chosen order is not part of this shift. Nothing was changed. Please reload and choose again.',
  },
  shiftGone: {
    'zh-CN': '这次交班里选中的工单都已结束、换手或答复过，数据未改动：{numbers}。请刷新查看。',
    en: 'The chosen orders of this shift ended, changed hands or were answered before. Nothing was changed: {numbers}. Please reload.',
  },
} as const satisfies Record<string, { 'zh-CN': string; en: string }>
