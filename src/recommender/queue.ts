/**
 * @module
 * The queue stub: what a page puts before the script tag to call `sotto` ahead of its loading, and
 * what the script itself puts there while it starts. Every call gives a promise of its answer.
 */
import type { Recommender } from './types.ts';

export type Call = [
  method: keyof Recommender,
  given: unknown[],
  resolve: (value: unknown) => void,
  reject: (error: unknown) => void,
];

/** An array of calls that looks like a Recommender. */
export type Queue = Call[] & Partial<Recommender> & { isTaken?: boolean };

/** For the page: the same as `createQueue`, small. It is in no bundle. */
export const STUB =
  'sotto=new Proxy([],{get(q,m,c){c=(...a)=>new Promise((f,r)=>q.push([m,a,f,r]));' +
  'return m in q?q[m]:m=="ready"?c():m=="then"?void 0:c}})';

export function createQueue(): Queue {
  return new Proxy([] as Queue, {
    get(queue, member) {
      const call = (...given: unknown[]) =>
        new Promise((resolve, reject) => queue.push([member as Call[0], given, resolve, reject]));
      if (member in queue) return queue[member as 'length'];
      if (member === 'ready') return call();
      // Awaiting the queue itself must not look like a call.
      return member === 'then' ? undefined : call;
    },
  });
}
