/** Refusals about kept views. */
export const viewRefusals = {
  unknownView: {
    'zh-CN': '这个视图已被删除，数据未改动。请另选一个。',
    en: 'This view is gone. Nothing was changed. Please choose another.',
  },
  notYourView: {
    'zh-CN': '“{name}”是别人保存的视图，没有改动。请另存为自己的视图。',
    en: '“{name}” is somebody else’s view and was not changed. Please save one of your own.',
  },
  viewNameTaken: {
    'zh-CN': '您已有名为“{name}”的视图，没有保存。请换个名称，或更新原来的视图。',
    en: 'You already have a view called “{name}”. Nothing was saved. Please take another name, or update that view.',
  },
  tooManyViews: {
    'zh-CN': '一页最多保存 {most} 个视图，没有保存。请先删掉不用的。',
    en: 'A page keeps {most} views at most. Nothing was saved. Please remove some that are not used.',
  },
} as const
