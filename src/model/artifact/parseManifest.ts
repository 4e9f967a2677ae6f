/**
 * @module
 * Reads manifest.json: nothing in it is believed that can be checked.
 */
import { SottoError, shown } from '../../errors.ts';
import { expectBlend } from './expectBlend.ts';
import { expectFiles } from './expectFiles.ts';
import { expectNumber, expectObject, expectText, expectTime, fail } from './expectValues.ts';
import {
  MAX_DIM,
  MAX_ITEMS,
  MODEL_FORMAT,
  MODEL_FORMAT_VERSION,
  QUANTIZATION_KINDS,
  type Manifest,
  type QuantizationKind,
} from './manifest.ts';

/**
 * @throws {SottoError} `manifest-invalid` when the text is not JSON or a field is missing or out
 * of range; `version-unsupported` for a format or version this build does not read.
 */
export function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    // Servers of single-page apps answer any address with their page.
    const help = text.trimStart().startsWith('<') ? ' (a page: is there no model here?)' : '';
    throw new SottoError('manifest-invalid', `manifest is not JSON: ${shown(text)}${help}`, {
      cause,
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SottoError('manifest-invalid', `manifest must be an object but is ${shown(value)}`);
  }
  const manifest = value as Record<string, unknown>;
  if (manifest['format'] !== MODEL_FORMAT || manifest['formatVersion'] !== MODEL_FORMAT_VERSION) {
    throw new SottoError(
      'version-unsupported',
      `manifest must be ${MODEL_FORMAT} version ${MODEL_FORMAT_VERSION} but is ` +
        `${shown(manifest['format'])} version ${shown(manifest['formatVersion'])}`,
    );
  }
  expectText(manifest, 'modelId');
  expectText(manifest, 'createdAt');
  const items = expectNumber(manifest, 'items', 0, MAX_ITEMS, true);
  const dim = expectNumber(manifest, 'dim', 1, MAX_DIM, true);
  if (manifest['trainedItems'] !== undefined) {
    expectNumber(manifest, 'trainedItems', 0, items, true);
  }
  expectObjective(manifest['objective']);
  if (manifest['halfLifeDays'] !== null) expectNumber(manifest, 'halfLifeDays', 1e-6, 1e6);
  expectNumber(manifest, 'trendingDays', 1e-6, 1e6);
  if (manifest['countedAt'] !== undefined) expectTime(manifest, 'countedAt');
  expectNumber(manifest, 'blockRows', 1, MAX_ITEMS, true);
  const kind = expectQuantization(expectObject(manifest, 'quantization'));
  const hasNeighbours = manifest['neighbours'] !== undefined;
  if (hasNeighbours) {
    const neighbours = expectObject(manifest, 'neighbours');
    expectNumber(neighbours, 'scale', Number.MIN_VALUE, 1e30, false, 'neighbours');
  }
  if (manifest['blend'] !== undefined) expectBlend(expectObject(manifest, 'blend'));
  const blockRows = manifest['blockRows'] as number;
  expectFiles(manifest['files'], { items, dim, kind, blockRows, hasNeighbours });
  return value as Manifest;
}

function expectQuantization(quantization: Record<string, unknown>): QuantizationKind {
  const kind = quantization['kind'] as QuantizationKind;
  if (!QUANTIZATION_KINDS.includes(kind)) {
    const known = QUANTIZATION_KINDS.map((name) => shown(name)).join(' or ');
    throw new SottoError(
      'version-unsupported',
      `quantization.kind must be ${known} but is ${shown(kind)}`,
    );
  }
  expectNumber(quantization, 'scale', Number.MIN_VALUE, 1e30);
  if (quantization['recall'] !== undefined) {
    const recall = expectObject(quantization, 'recall');
    expectNumber(recall, 'at', 1, MAX_ITEMS, true, 'quantization.recall');
    expectNumber(recall, 'queries', 1, MAX_ITEMS, true, 'quantization.recall');
    expectNumber(recall, 'overlap', 0, 1, false, 'quantization.recall');
  }
  return kind;
}

function expectObjective(value: unknown): void {
  if (typeof value !== 'object' || value === null) fail('objective', 'an object', value);
  const objective = value as Record<string, unknown>;
  expectNumber(objective, 'lambda', 0, 1e12, false, 'objective');
  switch (objective['convention']) {
    case 'ials':
      expectNumber(objective, 'alpha0', 0, 1e12, false, 'objective');
      expectNumber(objective, 'nu', 0, 10, false, 'objective');
      break;
    case 'implicit':
    case 'spark':
      expectNumber(objective, 'alpha', 0, 1e12, false, 'objective');
      break;
    default:
      fail('objective.convention', 'ials, implicit or spark', objective['convention']);
  }
}
