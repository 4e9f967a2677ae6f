/**
 * @module
 * What `sotto refresh` says when it is done, for people to read.
 */
import { reasonText, type ReadReport } from '../readers/readReport.ts';
import { grouped, type ReportLine } from '../report.ts';

/** Fewer pairs than this share of what there was: not the events of the whole time, it seems. */
const SUSPICIOUS_SHARE = 0.9;

export interface RefreshSummary {
  folder: string;
  modelId: string;
  /** ISO 8601; null: no times. */
  countedAt: string | null;
  formerlyCountedAt: string | null;
  rows: number;
  kept: number;
  dropped: ReadReport['dropped'];
  examples: ReadReport['examples'];
  counted: number;
  unknownEvents: number;
  unknownItems: number;
  /** Of a user and an item that they chose. */
  pairs: number;
  formerPairs: number;
  /** null: they are as they were. */
  segments: number | null;
  hasSegments: boolean;
  seconds: number;
  bytes: number;
}

export function refreshLines(done: RefreshSummary): ReportLine[] {
  const { pairs, formerPairs, unknownEvents, unknownItems } = done;
  return [
    ['rows read', grouped(done.rows)],
    ...Object.entries(done.dropped).map(([reason, rows]): ReportLine => [
      'left out',
      `${grouped(rows)} (${reasonText(reason, done)})`,
    ]),
    ['rows kept', grouped(done.kept)],
    ...(unknownItems > 0
      ? [
          [
            'unknown',
            `${grouped(unknownEvents)} of ${grouped(unknownItems)} items that the model does not ` +
              'hold: training takes them in',
          ] as ReportLine,
        ]
      : []),
    ['counted up to', `${dayOf(done.countedAt)} (before: ${dayOf(done.formerlyCountedAt)})`],
    ['pairs', `${grouped(pairs)} (before: ${grouped(formerPairs)})`],
    ...(pairs < SUSPICIOUS_SHARE * formerPairs
      ? [['note', 'fewer than before: are these the events of the whole time?'] as ReportLine]
      : []),
    ...(done.hasSegments
      ? [
          [
            'segments',
            done.segments === null
              ? 'as they were (--segment-column counts them anew)'
              : grouped(done.segments),
          ] as ReportLine,
        ]
      : []),
    ['seconds', String(done.seconds)],
    ['bytes written', grouped(done.bytes)],
    ['model', `${done.modelId} in ${done.folder}`],
  ];
}

function dayOf(time: string | null): string {
  return time === null ? 'no time' : time.slice(0, 10);
}
