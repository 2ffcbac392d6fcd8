import { describe, expect, it } from 'vitest'
import { eventChanges, eventSentence } from '#shared/i18n/eventWords.ts'
import { tableWords } from '#shared/i18n/tableWords.ts'

const words = tableWords('zh-CN', { nameOf: (id) => ({ lead: '韩志远', min: '周敏' })[id] ?? id, zone: 'Asia/Shanghai' })
const english = tableWords('en', { nameOf: (id) => id, zone: 'Asia/Shanghai' })
const changes = (type: string, data: object, personal?: object | null) =>
  eventChanges({ type, data: data as Record<string, unknown>, ...(personal !== undefined && { personal: personal as Record<string, unknown> | null }) }, words)

describe('an event in words', () => {
  it('says what happened, in both languages', () => {
    const settingChanged = { type: 'settingChanged', data: { name: 'company.name', old: '', new: '恒锐' } }
    expect(eventSentence(settingChanged, words)).toBe('修改设置“公司名称”')
    expect(eventSentence(settingChanged, english)).toBe('Setting “Company name” changed')
    expect(eventSentence({ type: 'passwordChanged', data: { by: 'admin' } }, words)).toBe('管理员重设密码')
    expect(eventSentence({ type: 'stageChanged', data: { how: 'sendBack', from: 'onsite', entered: { stage: 'diagnosis' } } }, words)).toBe('从现场处理退回技术判定')
    expect(eventSentence({ type: 'handoverOffered', data: { to: 'lead' } }, words)).toBe('请韩志远接手')
    expect(eventSentence({ type: 'somethingNew', data: {} }, words)).toBe('新版本程序的记录（somethingNew）')
  })

  it('says what became of what', () => {
    expect(changes('rolesChanged', { old: ['dispatcher'], new: ['dispatcher', 'admin'] })).toEqual([{ field: '角色', old: '调度', new: '调度、管理员' }])
    expect(changes('stockCounted', { old: 3, new: 5, reason: '盘点' })).toEqual([{ field: '库存数量', old: '3', new: '5' }])
    expect(changes('definitionPublished', { version: 2, definition: {} })).toEqual([{ field: '版本', old: '1', new: '2' }])
    expect(changes('fieldsChanged', { changes: [{ field: 'priority', old: 'normal', new: 'urgent' }, { field: 'contactPhone' }] }, { contactPhone: { old: '1', new: '2' } })).toEqual([
      { field: '优先级', old: '普通', new: '紧急' },
      { field: '联系电话', old: '1', new: '2' },
    ])
    expect(changes('userRenamed', {}, { displayName: { old: '周敏', new: '周小敏' } })).toEqual([{ field: '姓名', old: '周敏', new: '周小敏' }])
    expect(changes('userRenamed', {}, null)).toEqual([])
  })

  it('tells settings by their words and lengths of time as such', () => {
    const hour = 3_600_000
    const limits = { decision: 2 * hour, response: hour }
    expect(changes('settingChanged', { name: 'perceived.limits', old: limits, new: { ...limits, decision: 3 * hour } })).toEqual([
      { field: '决策：进入技术判定到首次得出结论', old: '2 时', new: '3 时' },
    ])
    expect(changes('settingChanged', { name: 'board.wipLimits', old: { diagnosis: null, onsite: null }, new: { diagnosis: 12, onsite: null } })).toEqual([
      { field: '技术判定', old: '', new: '12' },
    ])
    expect(changes('settingChanged', { name: 'notification.quietHours', old: null, new: { from: '20:00', to: '08:00' } })).toEqual([
      { field: '从', old: '', new: '20:00' },
      { field: '到', old: '', new: '08:00' },
    ])
    expect(changes('settingChanged', { name: 'wall.pages', old: ['board', 'workload'], new: ['board'] })).toEqual([{ field: '轮播的页面', old: '看板、工作量', new: '看板' }])
    expect(changes('settingChanged', { name: 'wall.sound', old: true, new: false })[0]).toMatchObject({ old: '是', new: '否' })
  })
})
