/**
 * @module
 * The worker's own script: offers the service to the page that started it.
 */
import { createService } from './service.ts';
import { expose } from './expose.ts';

expose(
  createService((notice) => postMessage(notice)),
  self,
);
