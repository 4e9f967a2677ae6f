/**
 * @module
 * WorkerSeat: whichever worker serves now. Losing the database or a change of consent puts another
 * in its place, and whoever was asking is answered by the new one.
 */
import { SottoError, asSottoError } from '../errors.ts';
import type { LogEntry } from '../store/types.ts';
import type { LearnReport, ModelInfo, OpenRequest } from '../worker/api.ts';
import { startWorker, type Answered, type Asked, type Method } from '../worker/client.ts';
import type { WorkerClient } from '../worker/client.ts';
import { coalesce } from './coalesce.ts';
import type { UpdateEvent } from './listeners.ts';

export interface SeatSurroundings {
  create: () => Worker;
  /** What a worker started now is to open. */
  request: () => OpenRequest;
  /** Whether events may be learned from now. */
  mayLearn: () => boolean;
  /** The page's log; asked for only when the worker cannot read the database itself. */
  entries: () => Promise<LogEntry[]>;
  onUpdate: (event: UpdateEvent) => void;
  onError: (error: SottoError) => void;
}

export class WorkerSeat {
  /** Until the first learning has ended, or the worker has failed. */
  isOpening = true;
  info: ModelInfo | null = null;
  readonly #around: SeatSurroundings;
  #client!: WorkerClient;
  #storage!: OpenRequest['storage'];
  #failure: unknown;
  /** Never rejects. */
  #started!: Promise<void>;
  /** The last sequence sent to a worker without a database. */
  #sent = 0;
  /** Resolves once everything in the log is learned. */
  readonly learn = coalesce(async () => {
    await this.#learn();
  });

  constructor(around: SeatSurroundings) {
    this.#around = around;
    this.restart('ready');
  }

  /** Of the first worker, or of the one that took its place before it was ready. */
  async ready(): Promise<ModelInfo> {
    return this.#withCurrent((client) => client.ready);
  }

  restart(reason: UpdateEvent['reason']): void {
    const replaced = this.#client as WorkerClient | undefined;
    const request = this.#around.request();
    const client = startWorker(this.#around.create, request);
    this.#client = client;
    this.#storage = request.storage;
    this.#sent = 0;
    this.isOpening = true;
    // After the new one is in its seat: whoever is turned away by the old one looks there.
    replaced?.close();
    this.#started = this.#start(client, reason).catch((error: unknown) => {
      if (client === this.#client) this.#fail(error);
    });
  }

  async ask<M extends Method>(method: M, ...given: Asked<M>): Promise<Answered<M>> {
    return this.#withCurrent(async (client) => {
      await this.#started;
      return client.ask(method, ...given);
    });
  }

  learnSoon(): void {
    this.learn().catch((error: unknown) => this.#fail(error));
  }

  close(): void {
    this.#client.close();
  }

  async #start(client: WorkerClient, reason: UpdateEvent['reason']): Promise<void> {
    try {
      this.info = await client.ready;
      for (const { code, message } of this.info.warnings) {
        this.#around.onError(new SottoError(code, message));
      }
      const report = await this.#learn(true);
      if (client === this.#client) this.#around.onUpdate(report ? { reason, report } : { reason });
    } finally {
      if (client === this.#client) this.isOpening = false;
    }
  }

  async #learn(isFirst = false): Promise<LearnReport | undefined> {
    return this.#withCurrent(async (client) => {
      await client.ready;
      if (!this.#around.mayLearn()) return undefined;
      let report: LearnReport;
      if (this.#storage === 'memory') {
        const entries = (await this.#around.entries()).filter(
          ({ sequence }) => sequence > this.#sent,
        );
        this.#sent = entries.at(-1)?.sequence ?? this.#sent;
        report = await client.ask(
          'learn',
          entries.map(({ event }) => event),
        );
      } else {
        report = await client.ask('learn');
      }
      for (const itemId of report.unknownItemIds) {
        this.#around.onError(
          new SottoError('unknown-item', `the model knows no item ${JSON.stringify(itemId)}`),
        );
      }
      if (report.changed && !isFirst) this.#around.onUpdate({ reason: 'learned', report });
      return report;
    });
  }

  async #withCurrent<T>(work: (client: WorkerClient) => Promise<T>): Promise<T> {
    for (;;) {
      const client = this.#client;
      try {
        return await work(client);
      } catch (error) {
        if (client === this.#client) throw error;
      }
    }
  }

  /** One failure of the worker is said once, however many calls it fails. */
  #fail(thrown: unknown): void {
    if (thrown === this.#failure) return;
    this.#failure = thrown;
    const error = asSottoError(thrown);
    if (error.code !== 'destroyed') this.#around.onError(error);
  }
}
