/**
 * @module
 * The worker's own script: offers the service to the page that started it.
 */
import { expose } from 'comlink';
import { createService } from './service.ts';

expose(createService((notice) => postMessage(notice)));
