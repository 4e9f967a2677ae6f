/**
 * @module
 * The plots of the trade-offs as one SVG that stands alone, for a page of documentation: legible on a
 * light ground and on a dark one.
 */
import type { EvaluationReport } from '../report.ts';
import { CHART_HEIGHT, lineMarks } from './lineChart.ts';
import { element } from './markup.ts';
import { PLOT_STYLE } from './style.ts';
import { TRADE_OFF_WIDTH, tradeOffCharts } from './tradeOffCharts.ts';

const FONT = "svg { font: 14px system-ui, -apple-system, 'Segoe UI', sans-serif }";

export function drawTradeOff({ tradeOff, engines }: EvaluationReport): string {
  const charts = tradeOffCharts(tradeOff, engines[0].metrics[0].name);
  const width = charts.length * TRADE_OFF_WIDTH;
  const placed = charts.map((chart, index) =>
    element('g', { transform: `translate(${index * TRADE_OFF_WIDTH} 0)` }, lineMarks(chart)),
  );
  const about = charts.map(({ description }) => description).join('; ');
  const inner = [
    `<style>${FONT}${PLOT_STYLE}</style>`,
    element('rect', { width, height: CHART_HEIGHT, fill: 'var(--ground)' }),
    ...placed,
  ].join('\n');
  const viewBox = `0 0 ${width} ${CHART_HEIGHT}`;
  const xmlns = 'http://www.w3.org/2000/svg';
  return `${element('svg', { xmlns, viewBox, role: 'img', 'aria-label': about }, inner)}\n`;
}
