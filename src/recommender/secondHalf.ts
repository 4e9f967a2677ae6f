/**
 * @module
 * The second half of the page, in one file: what watches elements, and what talks with the worker.
 * Every page loads it beside the worker. Until it is there the script hears clicks and calls, and
 * keeps what they say.
 */
export { createAnswers } from './answers.ts';
export { observe } from './observe.ts';
