/**
 * @module
 * segmentOf: the segment of that name, where the model holds one. Apart from what is made of it: few
 * models have segments.
 */
import type { Model, Segment } from './model.ts';

/** The segment of that name; null: the model holds none. */
export function segmentOf({ segments }: Model, name: string | null | undefined): Segment | null {
  // A data- attribute turns a name that looks like a number into one.
  return (name != null && segments?.byName.get(String(name))) || null;
}
