/**
 * @module
 * What of the service few visitors need, as one part to be loaded then: accounts, the site's own
 * numbers, items that the model does not know. To be imported only by `await import()`.
 */
export { explain, profile } from './accounts.ts';
export { metricsFromLog, reportFromLog } from './countFromLog.ts';
export { refuseItem, withUnknown } from './unknownItems.ts';
