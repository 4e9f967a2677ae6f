/**
 * @module
 * readWithProgress: the interactions of a command, with a bar of how far they are read.
 */
import { readInteractions, type ReadResult } from './readers/readInteractions.ts';
import { readOptions, type ReadingArguments } from './readingOptions.ts';
import { createReadingBar } from './train/progressBars.ts';

export async function readWithProgress(given: ReadingArguments): Promise<ReadResult> {
  const bar = createReadingBar();
  try {
    return await readInteractions(given.interactions, {
      ...readOptions(given),
      onRows: (rows, totalRows) => bar.update(rows, totalRows),
    });
  } finally {
    bar.stop();
  }
}
