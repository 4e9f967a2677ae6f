/**
 * @module
 * What diversity, exploration and caps cost: the settings that `--trade-off` tries, one curve each.
 */
import type { Catalogue } from '../../src/model/model.ts';
import { PLAIN_LISTS, type ListSettings } from '../../src/model/evaluation/sottoEngine.ts';

export interface TradeOffPoint {
  setting: keyof ListSettings;
  /** null: no cap. */
  value: number | null;
}

/** By setting, the default first. */
const VALUES: Readonly<Record<keyof ListSettings, readonly (number | null)[]>> = {
  diversity: [0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9],
  explore: [0, 0.05, 0.1, 0.2, 0.4, 0.7, 1],
  maxPerCategory: [null, 12, 8, 5, 3, 2, 1],
};

/** @param metadata - of the items: without categories there is nothing to cap. */
export function tradeOffPoints(metadata: Catalogue): TradeOffPoint[] {
  const settings = Object.keys(VALUES) as (keyof ListSettings)[];
  return settings
    .filter((setting) => setting !== 'maxPerCategory' || Object.hasOwn(metadata, 'categories'))
    .flatMap((setting) => VALUES[setting].map((value) => ({ setting, value })));
}

/** Whether the point is the default, which its curve is held against. */
export function isDefault({ setting, value }: TradeOffPoint): boolean {
  return value === VALUES[setting][0];
}

/** The point's setting, and no other. */
export function settingsOf({ setting, value }: TradeOffPoint): ListSettings {
  return value === null ? PLAIN_LISTS : { ...PLAIN_LISTS, [setting]: value };
}
