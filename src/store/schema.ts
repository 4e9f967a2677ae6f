/**
 * @module
 * The database's schema, typed in one place, and the path from every earlier version to it.
 */
import type { DBSchema, StoreNames } from 'idb';
import type { FeedbackEvent, PreferenceRecord } from '../events.ts';
import type { CachedList, Cursor, LogEntry } from './types.ts';

/** Raise it with every change below, and add a step to `upgrade`. */
export const SCHEMA_VERSION = 1;

/** The one key of the `cursor` store. */
export const CURSOR_KEY = 'log';

export interface StoredEvent {
  /** Given by the database when the event is added. */
  sequence?: number;
  event: FeedbackEvent;
}

export function toEntry(stored: StoredEvent): LogEntry {
  return { sequence: stored.sequence as number, event: stored.event };
}

export interface StoredCursor extends Cursor {
  /**
   * Drawn anew by every write to the preferences. Whoever holds them in memory sees by it whether
   * somebody else has written since. Random rather than counted: a count would start again after
   * `forget` and could meet an old one.
   */
  stamp: number;
}

export interface Schema extends DBSchema {
  events: {
    key: number;
    value: StoredEvent;
    indexes: { id: string; itemId: string; timestamp: number };
  };
  preferences: { key: string; value: PreferenceRecord };
  cursor: { key: string; value: StoredCursor };
  lists: { key: string; value: CachedList };
  settings: { key: string; value: unknown };
}

export type Names = StoreNames<Schema>[];

/** Every store of the database. */
export const EVERYTHING: Names = ['events', 'preferences', 'cursor', 'lists', 'settings'];

/**
 * From an earlier version to this one. There is none earlier than the first; with a second one this is
 * given the stored version, and runs every step that that has not seen, each on the one before.
 */
export function upgrade(database: IDBDatabase): void {
  const events = database.createObjectStore('events', {
    keyPath: 'sequence',
    autoIncrement: true,
  });
  events.createIndex('id', 'event.id', { unique: true });
  events.createIndex('itemId', 'event.itemId');
  events.createIndex('timestamp', 'event.timestamp');
  database.createObjectStore('preferences', { keyPath: 'itemId' });
  for (const name of ['cursor', 'lists', 'settings']) database.createObjectStore(name);
}
