/**
 * @module
 * The IAB's `__tcfapi` as far as it is used here. Types only; what stands behind it is another's
 * code, so nothing that it hands over is taken for granted.
 */

/** Of what a platform hands over: what is read of it. */
export interface TcData {
  eventStatus?: unknown;
  cmpStatus?: unknown;
  gdprApplies?: unknown;
  tcString?: unknown;
  listenerId?: unknown;
  purpose?: { consents?: Record<number, unknown> };
}

export type TcfApi = (
  command: string,
  version: 2,
  callback: (data: TcData | null, success: boolean) => void,
  parameter?: unknown,
) => void;
