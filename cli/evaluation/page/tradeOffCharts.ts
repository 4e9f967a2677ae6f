/**
 * @module
 * What each setting costs of the first metric: one plot a setting.
 */
import type { TradeOff } from '../report.ts';
import type { LineChart } from './lineChart.ts';

/** What the defaults may cost of the first metric. */
const ALLOWED_LOSS = 0.02;

export const TRADE_OFF_WIDTH = 440;

/** The axis is the same in all of them. */
export function tradeOffCharts(tradeOff: readonly TradeOff[], metric: string): LineChart[] {
  const lowest = Math.min(...tradeOff.map(({ ratio }) => ratio.low), 1 - ALLOWED_LOSS);
  const highest = Math.max(...tradeOff.map(({ ratio }) => ratio.high));
  return [...new Set(tradeOff.map(({ setting }) => setting))].map((setting) => {
    const points = tradeOff.filter((point) => point.setting === setting);
    return {
      description: `${metric} by the setting of ${setting}, over that at the default`,
      steps: points.map(({ value }) => String(value ?? 'none')),
      stepsTitle: setting,
      lines: [
        {
          name: setting,
          role: 'own',
          values: points.map(({ ratio }) => ratio.mean),
          band: points.map(({ ratio }) => ratio),
        },
      ],
      from: Math.max(0, Math.floor(lowest * 10) / 10),
      to: highest,
      reference: { value: 1 - ALLOWED_LOSS, name: 'a loss of 2 %' },
      width: TRADE_OFF_WIDTH,
      unnamed: true,
      format: (value) => `${Math.round(value * 100)} %`,
    };
  });
}
