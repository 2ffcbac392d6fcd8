/** Refusals of reports, fault patterns, rescues and looking back. */
export const lookoutRefusals = {
  unknownReport: {
    'zh-CN': '没有编号为 {number} 的日报。请从日报列表中选择。',
    en: 'There is no report {number}. Please choose one from the list.',
  },
  unknownPattern: {
    'zh-CN': '没有这条缺陷线索，没有改动。请刷新列表。',
    en: 'There is no such fault pattern; nothing was changed. Please load the list anew.',
  },
  patternGone: {
    'zh-CN': '这条线索在所选期间的数据里已不再显著，没有送出。请刷新后重新选择。',
    en: 'This pattern no longer stands out in the data of the period; it was not sent. Please load the list anew.',
  },
  patternSettled: {
    'zh-CN': '这条线索已经了结，没有改动。需要时请重新送出。',
    en: 'This pattern is settled already; nothing was changed. Please send it anew where needed.',
  },
  moveGone: {
    'zh-CN': '情况已经变化，这个办法不再可行，没有执行。请刷新后再看。',
    en: 'Things have changed and this move is not possible any more; nothing was done. Please look again.',
  },
  momentInFuture: {
    'zh-CN': '只能回看过去的时刻。请选一个更早的时间。',
    en: 'Only the past can be looked at. Please choose an earlier time.',
  },
  momentTooEarly: {
    'zh-CN': '那时本中心还没有任何记录。请选一个更晚的时间。',
    en: 'Nothing had been recorded by then. Please choose a later time.',
  },
  serviceStopped: {
    'zh-CN': '服务正在停止，这次没有查完。稍后再试。',
    en: 'The service is stopping and did not finish this answer. Try again later.',
  },
  momentGone: {
    'zh-CN': '这次回看已经结束，请重新选择时刻。数据没有变化。',
    en: 'This look back has ended. Please choose the moment anew; no data were changed.',
  },
  momentTooLarge: {
    'zh-CN': '那个时刻涉及的工单超过 {most} 张，一次看不完。请缩短看板以外的统计天数。',
    en: 'More than {most} orders stood open or ended then. Please choose fewer days of figures.',
  },
  momentReadOnly: {
    'zh-CN': '正在回看过去，没有改动。请先回到现在。',
    en: 'You are looking at the past and nothing was changed. Please return to the present first.',
  },
  notInPast: {
    'zh-CN': '这一项只能看现在的，不能回看。',
    en: 'This can be seen as it is now only, not as it was.',
  },
} as const
