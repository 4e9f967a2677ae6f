/**
 * @module
 * The table and the chart of the `rank` benchmark, with what it set out to reach.
 */
import { drawDotChart, type DotPanel } from './dotChart.ts';
import type { CatalogueShape, Norms } from './catalogue.ts';
import type { Timing } from './statistics.ts';
import type { BenchResult } from './types.ts';
import { USEARCH } from './usearch.ts';

export interface RankRow extends Timing, CatalogueShape {
  contender: string;
  /** Mean share of the exact float32 list. */
  overlap: number;
}

export const OWN = 'sotto, WASM int8';
export const TFJS = 'tfjs-wasm, matMul + topk';

/** The contender's median must be at least this many of the WASM kernel's; by items. */
const TARGETS: Record<string, Record<Norms, Record<number, number>>> = {
  [TFJS]: {
    real: { 10_000: 4, 100_000: 10, 1_000_000: 10 },
    equal: { 10_000: 4, 100_000: 6, 1_000_000: 2.5 },
  },
  [USEARCH]: { real: { 10_000: 3, 100_000: 6, 1_000_000: 10 }, equal: {} },
};

export function presentRanks(
  rows: readonly RankRow[],
  skipped: Readonly<Record<string, string>>,
  k: number,
): BenchResult {
  const data = rows.map((row) => {
    const own = rows.find(
      ({ contender, items, norms }) =>
        contender === OWN && items === row.items && norms === row.norms,
    )!;
    const target = TARGETS[row.contender]?.[row.norms][row.items] ?? null;
    const ratio = row.medianMs / own.medianMs;
    return { ...row, ratio, target, isMet: target === null ? null : ratio >= target };
  });
  return {
    title: `Top ${k} by inner product, d = 64, one thread; ms a call, medians, in turns.`,
    header: [
      ...['items', 'norms', 'contender', 'median', '95 %'],
      ...['times the kernel', 'target', 'overlap'],
    ],
    rows: data.map((row) => [
      row.items.toLocaleString('en-GB'),
      row.norms,
      row.contender,
      row.medianMs.toFixed(3),
      row.percentile95Ms.toFixed(3),
      row.ratio.toFixed(1),
      row.target === null ? '' : `≥ ${row.target}: ${row.isMet ? 'met' : 'missed'}`,
      row.overlap.toFixed(3),
    ]),
    data: { rows: data, skipped },
    charts: { 'rank.svg': drawRanks(rows, k) },
  };
}

function drawRanks(rows: readonly RankRow[], k: number): string {
  const sizes = [...new Set(rows.map(({ items }) => items))];
  const panels = sizes.map((items): DotPanel => {
    const ofSize = rows.filter((row) => row.items === items);
    const contenders = [...new Set(ofSize.map(({ contender }) => contender))];
    return {
      title: `${items.toLocaleString('en-GB')} items`,
      rows: contenders.map((contender) => ({
        label: contender,
        isOwn: contender.startsWith('sotto'),
        values: (['real', 'equal'] as const).flatMap(
          (norms) =>
            ofSize.find((row) => row.contender === contender && row.norms === norms)?.medianMs ??
            [],
        ),
      })),
    };
  });
  return drawDotChart({
    title: `Milliseconds to the ${k} best items, one thread (less is better; each grid line is ten times the last)`,
    kinds: ['norms of a real model', 'equal norms'],
    unit: 'ms',
    panels,
  });
}
