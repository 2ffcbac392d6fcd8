import { describe, expect, it } from 'vitest'
import { isAlike } from '#shared/domain/workOrder/alike.ts'

describe('reports that may be about the same trouble', () => {
  it.each([
    ['触摸无响应', '触摸屏没反应'],
    ['触 摸 无 响 应！', '触摸无响应'],
    ['主轴驱动器报警 E217', '驱动器报警e217'],
    ['开机黑屏', '黑屏'],
  ])('%s / %s', (one, other) => {
    expect(isAlike(one, other)).toBe(true)
    expect(isAlike(other, one)).toBe(true)
  })
  it.each([
    ['触摸无响应', '导轨异响，走刀有振纹'],
    ['', '黑屏'],
    ['真空吸附不足', '程序闪退'],
  ])('not %s / %s', (one, other) => {
    expect(isAlike(one, other)).toBe(false)
  })
})
