/**
 * @module
 * What `sotto train` says when it is done, for people to read.
 */
import type { Blend } from '../../src/model/blend.ts';
import { grouped, type ReportLine } from '../report.ts';

export interface Summary {
  out: string;
  modelId: string;
  rows: number;
  kept: number;
  dropped: Record<string, number>;
  users: number;
  items: number;
  newItems: number;
  pairs: number;
  segments: { name: string; users: number }[] | null;
  blend: Blend | null;
  blendRefused: string | null;
  seconds: { read: number; train: number; total: number };
  bytes: number;
}

export function summaryLines(done: Summary, quantization: readonly ReportLine[]): ReportLine[] {
  return [
    ['rows read', grouped(done.rows)],
    ...Object.entries(done.dropped).map(([reason, rows]): ReportLine => [
      'left out',
      `${grouped(rows)} (${reason})`,
    ]),
    ['rows kept', grouped(done.kept)],
    ['users', grouped(done.users)],
    ['items', grouped(done.items)],
    ...(done.newItems > 0 ? [['new items', grouped(done.newItems)] as ReportLine] : []),
    ['pairs', grouped(done.pairs)],
    ...(done.segments ? [['segments', String(done.segments.length)] as ReportLine] : []),
    [
      'seconds',
      `${done.seconds.total} (reading ${done.seconds.read}, training ${done.seconds.train})`,
    ],
    ['blend', describeBlend(done)],
    ...quantization,
    ['bytes written', grouped(done.bytes)],
    ['model', `${done.modelId} in ${done.out}`],
  ];
}

function describeBlend({ blend, blendRefused }: Summary): string {
  if (!blend) return 'plain: similarity and trend';
  if (blendRefused !== null) return `the defaults, since ${blendRefused}`;
  const strongest = blend.signals
    .toSorted((left, right) => Math.abs(right.weight) - Math.abs(left.weight))
    .slice(0, 5)
    .map(({ signal, weight }) => `${signal} ${weight.toFixed(2)}`);
  return `learned on ${grouped(blend.learned?.lists ?? 0)} lists: ${strongest.join(', ')}, …`;
}
