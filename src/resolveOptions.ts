/**
 * @module
 * Options -> ResolvedOptions: loose in, strict out, in one function that throws early.
 */
import {
  invalidArgument,
  requireInteger,
  requireNumber,
  requireOneOf,
  requireText,
} from './errors.ts';
import { DEFAULT_ACTION_WEIGHTS } from './events.ts';
import { nearMisses } from './nearMisses.ts';
import { MODEL_DEFAULTS, PAGE_DEFAULTS, asksConsent, tfjsBeside } from './options.ts';
import type { Options, PageOptions, ResolvedOptions } from './options.ts';

/** Option: default, minimum, maximum. */
const NUMBERS = {
  minVisibleRatio: [PAGE_DEFAULTS.minVisibleRatio, 0.01, 1],
  minVisibleMs: [PAGE_DEFAULTS.minVisibleMs, 0, 60_000],
  retentionDays: [MODEL_DEFAULTS.retentionDays, 1, 36_500],
} as const;

const FLAGS = [
  'requireConsent',
  'respectPrivacySignals',
  'trackAutomated',
  'integrity',
  'disabled',
] as const;

const BOTH = [true, false] as const;

const LEARNERS = ['closed-form', 'gradient', 'bpr', 'softmax', 'sampled-softmax'] as const;

const TRACKS = ['impressions', 'clicks', 'views', 'dwell'] as const;

/**
 * @param pageUrl - what relative addresses are relative to.
 * @param kernelUrl - where the kernels are unless an option says otherwise.
 * @throws {SottoError} `invalid-argument`, naming the option, its bound and the value.
 */
export function resolveOptions(
  given: Options,
  pageUrl: string,
  kernelUrl: string,
): ResolvedOptions {
  // Spread: nothing given at all is refused for want of a model.
  const options = { ...given };
  for (const sentence of nearMisses(options)) console.warn(`[sotto] ${sentence}`);
  const { actionWeights, signal, beforeTrack } = options;
  const { name = PAGE_DEFAULTS.name, track = PAGE_DEFAULTS.track } = options;
  const { halfLifeDays = MODEL_DEFAULTS.halfLifeDays, segment = MODEL_DEFAULTS.segment } = options;
  const { learner = MODEL_DEFAULTS.learner, retrieval = MODEL_DEFAULTS.retrieval } = options;
  const { connect = null } = options;
  const retentionEvents = options.retentionEvents ?? MODEL_DEFAULTS.retentionEvents;
  const address = (argument: keyof Options, fallback?: string) => {
    const value = options[argument] ?? fallback;
    try {
      // An empty text would be the page itself.
      if (value) return new URL(value as string, pageUrl).href;
    } catch {
      // Refused below.
    }
    throw invalidArgument(argument, 'an address', value);
  };

  if (typeof (actionWeights ?? {}) !== 'object') {
    throw invalidArgument('actionWeights', 'an object', actionWeights);
  }
  for (const [action, weight] of Object.entries(actionWeights ?? {})) {
    requireNumber(`actionWeights.${action}`, weight, -100, 100);
  }
  if (signal && !(signal instanceof AbortSignal)) {
    throw invalidArgument('signal', 'an AbortSignal', signal);
  }
  if (typeof connect !== 'object') throw invalidArgument('connect', 'an object', connect);
  if (beforeTrack && !['function', 'string'].includes(typeof beforeTrack)) {
    throw invalidArgument('beforeTrack', 'a function, or the name of one', beforeTrack);
  }
  if (halfLifeDays !== null) requireNumber('halfLifeDays', halfLifeDays, 0.001, 36_500);
  if (typeof track !== 'object' || !track) requireOneOf('track', track, BOTH);
  const numbers = mapEntries(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[], (key) => {
    const [fallback, minimum, maximum] = NUMBERS[key];
    return requireNumber(key, options[key] ?? fallback, minimum, maximum);
  });
  const flags: Partial<PageOptions> = { ...PAGE_DEFAULTS, requireConsent: asksConsent(connect) };
  const kernels = address('kernelUrl', kernelUrl);

  return {
    ...numbers,
    // The log counts in whole events: half of one would be asked of the database as none.
    retentionEvents: requireInteger('retentionEvents', retentionEvents, 100, 1_000_000),
    ...mapEntries(FLAGS, (key) => requireOneOf(key, options[key] ?? flags[key] ?? false, BOTH)),
    track: mapEntries(TRACKS, (key) =>
      typeof track === 'object' ? requireOneOf(`track.${key}`, track[key] ?? true, BOTH) : track,
    ),
    connect,
    ...(beforeTrack && { beforeTrack }),
    name: requireText('name', name, 64),
    manifestUrl: address('model'),
    workerUrl: options.workerUrl === undefined ? null : address('workerUrl'),
    kernelUrl: kernels,
    // A folder: its files are found relative to it only with the slash at its end.
    tfjsUrl: address('tfjsUrl', tfjsBeside(kernels, pageUrl)).replace(/\/?$/, '/'),
    databaseName: name,
    actionWeights: { ...DEFAULT_ACTION_WEIGHTS, ...actionWeights },
    halfLifeDays,
    // A data- attribute turns a name that looks like a number into one.
    segment: segment === null ? null : String(segment),
    learner: requireOneOf('learner', learner, LEARNERS),
    retrieval: requireOneOf('retrieval', retrieval, ['auto', 'wasm', 'webgpu', 'typescript']),
  };
}

function mapEntries<K extends string, V>(keys: readonly K[], valueOf: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<K, V>;
}
