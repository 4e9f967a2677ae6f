/**
 * @module
 * Names of members that only the page's own files use among themselves: none is the site's, none is
 * stored or sent to the worker or to another tab, none is the browser's. In the files for the script
 * tag each is one letter, which spares every visitor a hundred bytes; `innerNames.test.ts` holds the
 * list to its word.
 *
 * A letter stays with its name from version to version, and a new name takes a new one: the script and
 * the files that it loads beside it may be of two versions for as long as a cache lives.
 */
export const INNER_NAMES: Readonly<Record<string, string>> = {
  onError: 'a',
  isDestroyed: 'b',
  credits: 'c',
  answers: 'd',
  session: 'e',
  guard: 'f',
  delivery: 'g',
  setOpen: 'h',
  listeners: 'i',
  tell: 'j',
  subscribe: 'k',
  kind: 'l',
  epoch: 'm',
  chosen: 'n',
  lastEvent: 'o',
  idAt: 'p',
  transact: 'q',
  deliver: 's',
  emit: 't',
  fail: 'u',
  learnSoon: 'v',
  connection: 'w',
  leaveDatabase: 'x',
  waiting: 'y',
  anticipate: 'z',
  restart: 'A',
  use: 'B',
  isOff: 'C',
  recall: 'D',
  landed: 'E',
  choices: 'F',
  isOpening: 'G',
  left: 'H',
  matching: 'I',
  hint: 'J',
  consented: 'K',
  stores: 'L',
};
