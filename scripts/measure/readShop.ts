/**
 * @module
 * readShop: the files of Online Retail II, cleaned as for the demo's model, for every measurement.
 */
import { catalogueFor, metadataOf } from '../../cli/itemMetadata.ts';
import { readInteractions } from '../../cli/readers/readInteractions.ts';
import { DEFAULT_ACTION_WEIGHTS } from '../../src/events.ts';

export interface Cleaning {
  /** Column of what is known of a newcomer. */
  segment?: string;
  minItemEvents?: number;
}

/** @returns what was read, and metadata by column for any of its items. */
export async function readShop(
  files: readonly string[],
  { segment, minItemEvents = 1 }: Cleaning = {},
) {
  const read = await readInteractions(files, {
    columns: segment === undefined ? {} : { segment: [segment] },
    itemPattern: /^\d{5}[A-Z]{0,2}$/,
    itemCase: 'upper',
    dropOrder: 'auto',
    minUserEvents: 1,
    minItemEvents,
    actionWeights: DEFAULT_ACTION_WEIGHTS,
    details: 'found',
  });
  const { interactions } = read;
  const metadata = metadataOf(read);
  return { ...read, metadata, catalogueOf: catalogueFor({ interactions, metadata }) };
}
