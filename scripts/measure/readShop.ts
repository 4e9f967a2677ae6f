/**
 * @module
 * readShop: the files of Online Retail II, cleaned as for the demo's model, for every measurement.
 */
import { catalogueFor, metadataOf } from '../../cli/itemMetadata.ts';
import { readInteractions } from '../../cli/readers/readInteractions.ts';
import { DEFAULT_ACTION_WEIGHTS } from '../../src/events.ts';

export async function readShop(files: readonly string[]) {
  const read = await readInteractions(files, {
    columns: {},
    itemPattern: /^\d{5}[A-Z]{0,2}$/,
    itemCase: 'upper',
    dropOrder: 'auto',
    minUserEvents: 1,
    minItemEvents: 1,
    actionWeights: DEFAULT_ACTION_WEIGHTS,
    details: 'found',
  });
  const { interactions } = read;
  return { interactions, catalogueOf: catalogueFor({ interactions, metadata: metadataOf(read) }) };
}
