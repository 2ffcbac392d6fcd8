/** Refusals of the dispatch panel: bookings and plans. */
export const dispatchRefusals = {
  softConflict: {
    'zh-CN': '这个安排有需要您确认的情况，还没有保存。请看过提醒，再决定是否照样安排。',
    en: 'Something about this appointment wants your word; it was not saved. Please look at the doubts and decide.',
  },
  plansBusy: {
    'zh-CN': '已有两次自动排班在运行，没有再开始。请等它们结束，或先取消一次。',
    en: 'Two plans are running already; no other was begun. Wait for them, or cancel one.',
  },
  dayIsOver: {
    'zh-CN': '{day} 已经过去，不能再排班。请选今天或以后的日期。',
    en: '{day} is over and cannot be planned. Please choose today or a later day.',
  },
  unknownPlan: {
    'zh-CN': '没有这次排班方案，可能已过期清除，数据未改动。请重新排班。',
    en: 'There is no such plan; it may have been cleared away. Nothing was changed. Please plan again.',
  },
  planNotReady: {
    'zh-CN': '这次排班方案不能采用：它还在计算、已取消，或已经采用过。数据未改动。',
    en: 'This plan cannot be accepted: it is still running, was ended, or was accepted before. Nothing was changed.',
  },
  planNotRunning: {
    'zh-CN': '这次排班已经结束，不用再取消。',
    en: 'This plan has ended already; there is nothing to cancel.',
  },
  nothingToAccept: {
    'zh-CN': '选中的工单在方案里没有变化，或已经采用过，数据未改动。',
    en: 'The plan changes nothing at the chosen orders, or it was accepted before. Nothing was changed.',
  },
  visitPinned: {
    'zh-CN': '{number} 在排班之后被固定，没有照方案改动。要改请先取消固定，再重新排班。',
    en: '{number} was pinned after the plan was made; it was left as it is. To move it, unpin it and plan again.',
  },
  visitBegun: {
    'zh-CN': '{number} 已经开始或时间已过，没有移动。要再上门，请另约时间；方案里有它，请重新排班。',
    en: '{number} has begun or is over; it was left as it is. For another visit book a time of its own; if it is in a plan, please plan again.',
  },
  bookForbidden: {
    'zh-CN': '您的岗位只能约自己的时间，未预约。约别人请找调度。',
    en: 'You may only book your own time; nothing was booked. For others please ask dispatch.',
  },
  planStale: {
    'zh-CN': '{number} 的预约在排班之后已被别人改过，没有照方案安排。请重新排班。',
    en: 'The appointment of {number} was changed after the plan was made; it was left as it is. Please plan again.',
  },
}
