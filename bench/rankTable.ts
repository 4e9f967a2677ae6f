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
  /** Mean share of the exact float32 list; null of what finds none. */
  overlap: number | null;
  /** An item, on the wire; null of peers. */
  bytes: number | null;
}

export const OWN = 'sotto, WASM int8';
export const COMPACT = 'sotto, WASM compact';
export const TFJS = 'tfjs-wasm, matMul + topk';
export const READING = 'reading the same bytes alone';

/** The contender's median must be at least this many of the WASM kernel's; by items. */
const TARGETS: Record<string, Record<Norms, Record<number, number>>> = {
  [TFJS]: {
    real: { 10_000: 4, 100_000: 10, 1_000_000: 10 },
    equal: { 10_000: 4, 100_000: 6, 1_000_000: 2.5 },
  },
  [USEARCH]: { real: { 10_000: 3, 100_000: 6, 1_000_000: 10 }, equal: {} },
};

/** tfjs-wasm's median must be at least this many of the compact engine's; by items. */
const COMPACT_TARGETS: Record<number, number> = { 100_000: 12, 1_000_000: 8 };

export function presentRanks(
  rows: readonly RankRow[],
  skipped: Readonly<Record<string, string>>,
  k: number,
): BenchResult {
  const data = rows.map((row) => {
    const medianOf = (name: string): number =>
      rows.find(
        ({ contender, items, norms }) =>
          contender === name && items === row.items && norms === row.norms,
      )!.medianMs;
    const ratio = row.medianMs / medianOf(OWN);
    const tfjsRatio = medianOf(TFJS) / row.medianMs;
    const isCompact = row.contender === COMPACT;
    const target = isCompact
      ? COMPACT_TARGETS[row.items]
      : (TARGETS[row.contender]?.[row.norms][row.items] ?? null);
    const isMet = target === null ? null : (isCompact ? tfjsRatio : ratio) >= target;
    return { ...row, ratio, tfjsRatio, target, isMet };
  });
  return {
    title: `Top ${k} by inner product, d = 64, one thread; ms a call, medians, in turns.`,
    header: [
      ...['items', 'norms', 'contender', 'median', '95 %'],
      ...['times int8', 'tfjs to it', 'target', 'overlap', 'bytes an item'],
    ],
    rows: data.map((row) => [
      row.items.toLocaleString('en-GB'),
      row.norms,
      row.contender,
      row.medianMs.toFixed(3),
      row.percentile95Ms.toFixed(3),
      row.ratio.toFixed(1),
      row.tfjsRatio.toFixed(1),
      row.target === null ? '' : `≥ ${row.target}: ${row.isMet ? 'met' : 'missed'}`,
      row.overlap === null ? '' : row.overlap.toFixed(3),
      row.bytes === null ? '' : row.bytes.toFixed(1),
    ]),
    data: { rows: data, skipped },
    charts: { 'rank.svg': drawRanks(rows, k) },
  };
}

function drawRanks(rows: readonly RankRow[], k: number): string {
  const sizes = [...new Set(rows.map(({ items }) => items))];
  const panels = sizes.map((items): DotPanel => {
    const ofSize = rows.filter((row) => row.items === items);
    const contenders = [...new Set(ofSize.map(({ contender }) => contender))].filter(
      (contender) => contender !== READING,
    );
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
