/**
 * @module
 * The connection `tcf`: consent from a platform that speaks the IAB's TCF v2.
 */
import { invalidArgument, requireInteger } from '../../errors.ts';
import type { Connection } from './types.ts';
import { DEFAULT_TCF_PURPOSES, watchTcf } from './watchTcf.ts';

/** Room for purposes in a consent string; eleven are defined. */
const MAX_PURPOSE = 24;

export const connectTcf: Connection<true | { purposes: readonly number[] }> = (host, setting) => {
  const purposes = setting === true ? DEFAULT_TCF_PURPOSES : setting.purposes;
  // None at all would be granted by every visitor.
  if (!Array.isArray(purposes) || !purposes.length) {
    throw invalidArgument('connect.tcf.purposes', 'an array of purposes', purposes);
  }
  for (const purpose of purposes) requireInteger('connect.tcf.purposes', purpose, 1, MAX_PURPOSE);
  host.signal.addEventListener('abort', watchTcf(window, purposes as number[], host, host.warn));
};
