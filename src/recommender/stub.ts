/**
 * @module
 * The queue stub: what a page puts before the script tag to call `sotto` ahead of its loading.
 * Every call gives a promise, settled once the script has taken the queue over. Kept here so that a
 * test holds it to its length and to the facade; it is in no bundle.
 */
export const STUB =
  'sotto=new Proxy([],{get(q,m,c){c=(...a)=>new Promise((f,r)=>q.push([m,a,f,r]));' +
  'return m in q?q[m]:m=="ready"?c():m=="then"?void 0:c}})';
