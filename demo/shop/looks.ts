/**
 * @module
 * looks.json as a lookup by item id.
 */
import { loadCatalogue } from './catalogue.ts';
import type { Look } from './thumbnail.ts';

type LookFile = Record<keyof Look, number[]> & { modelId: string };

let loading: Promise<(itemId: string) => Look | undefined> | null = null;

/** Asked for once a page. A file of another model is of no use: every item then looks plain. */
export function loadLooks(): Promise<(itemId: string) => Look | undefined> {
  loading ??= read();
  return loading;
}

async function read(): Promise<(itemId: string) => Look | undefined> {
  const [response, catalogue] = await Promise.all([fetch('looks.json'), loadCatalogue()]);
  const columns = (await response.json()) as LookFile;
  if (columns.modelId !== catalogue.modelId) return () => undefined;
  return (itemId) => {
    const row = catalogue.rowOf.get(itemId);
    if (row === undefined) return undefined;
    return {
      shape: columns.shape[row],
      pattern: columns.pattern[row],
      hue: columns.hue[row],
      ribbon: columns.ribbon[row],
      tone: columns.tone[row],
      scale: columns.scale[row],
    };
  };
}
