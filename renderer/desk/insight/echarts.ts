import { BarChart, HeatmapChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import type { ComposeOption } from 'echarts/core'
import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption, VisualMapComponentOption } from 'echarts/components'

use([BarChart, HeatmapChart, LineChart, AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, CanvasRenderer])

export type ChartOption = ComposeOption<
  BarSeriesOption | HeatmapSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption | VisualMapComponentOption
>

/** In a fixed order, told apart by colour-blind eyes too (after Okabe and Ito); lighter on a dark ground. */
const SERIES = {
  light: ['#0072b2', '#d97b00', '#009e73', '#b85c93', '#56a4d9'],
  dark: ['#4aa3df', '#f0a13c', '#2fbf97', '#d98fb8', '#9fd0f0'],
} as const

/** The colours of the page as they are now: a canvas knows no variables. */
export function inks() {
  const style = getComputedStyle(document.documentElement)
  const isDark = document.documentElement.dataset['theme'] === 'dark'
  const of = (name: string): string => style.getPropertyValue(name).trim()
  return { ink: of('--ink'), quiet: of('--ink-quiet'), line: of('--line'), surface: of('--surface'), soft: of('--sunken'), accent: of('--accent'), red: of('--red-edge'), font: getComputedStyle(document.body).fontFamily, series: SERIES[isDark ? 'dark' : 'light'] }
}
