/**
 * @module
 * The worker's own script: offers the service to the page that started it.
 */
import { expose } from 'comlink';
import type { Notice } from './api.ts';
import { checked } from './checked.ts';
import { createService } from './service.ts';

const notify = (notice: Notice): void => postMessage(notice);

expose(checked(createService(notify), notify));
