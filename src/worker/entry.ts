/**
 * @module
 * The worker's own script: offers the service to the page that started it.
 */
import { expose } from 'comlink';
import { checked } from './listOptions.ts';
import { createService } from './service.ts';

expose(checked(createService((notice) => postMessage(notice))));
