/**
 * @module
 * What diversity and exploration cost: the settings that `--trade-off` tries, one curve each.
 */
import type { ListSettings } from '../../src/model/evaluation/sottoEngine.ts';

export interface TradeOffPoint {
  setting: keyof ListSettings;
  value: number;
}

const VALUES: Readonly<Record<keyof ListSettings, readonly number[]>> = {
  diversity: [0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9],
  explore: [0, 0.05, 0.1, 0.2, 0.4, 0.7, 1],
};

export const TRADE_OFF_POINTS: readonly TradeOffPoint[] = Object.entries(VALUES).flatMap(
  ([setting, values]) => values.map((value) => ({ setting: setting as keyof ListSettings, value })),
);

/** The point's setting, and no other. */
export function settingsOf({ setting, value }: TradeOffPoint): ListSettings {
  return { diversity: 0, explore: 0, [setting]: value };
}
