import { seedDemo } from '../../features/demo/seedDemo.ts'
import { whole, type Arguments } from '../arguments.ts'
import { interruptible } from '../interrupt.ts'
import { Refused, type Output } from '../output.ts'

/** Fills an empty desk with demo data: the same options make the same events. */
export async function seed({ values, data }: Arguments, output: Output): Promise<number> {
  const options = {
    orders: whole('orders', values.orders, { min: 1, max: 1_000_000, or: 5000 }),
    months: whole('months', values.months, { min: 1, max: 120, or: 6 }),
    seed: whole('seed', values.seed, { min: 0, max: Number.MAX_SAFE_INTEGER, or: 1 }),
  }
  const { progress } = output
  const done = await interruptible((signal) => seedDemo({ data, ...options, progress, signal }))
  if (!done.ok) throw new Refused(done.refusal)
  const { orders, events } = done.value
  output.result({ ok: true, ...done.value }, () =>
    output.say(
      `已生成演示数据：${orders} 张工单，${events} 条记录`,
      `Demo data: ${orders} orders, ${events} events`,
    ),
  )
  return 0
}
