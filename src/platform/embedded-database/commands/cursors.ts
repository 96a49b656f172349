import { Long } from 'bson';
import { CommandError } from '../command-error.ts';
import { cursorReply } from '../wire/message.ts';

const FIRST_BATCH = 101;
/** Leaves room in the largest message for the reply around the documents. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 10 * 60_000;

type Open = { namespace: string; documents: Buffer[]; usedAt: number };
export type Cursors = {
  /** The first batch of a result; the rest waits under the id in the reply. `batchSize` undefined means MongoDB's 101. */
  open: (namespace: string, documents: Buffer[], batchSize?: number, singleBatch?: boolean) => Buffer;
  more: (id: number, namespace: string, batchSize?: number) => Buffer;
  drop: (id: number) => boolean;
};

/** Results the callers have not read to their end. A result is what it was when it was asked for, whatever is written since. */
export function createCursors(): Cursors {
  const opened = new Map<number, Open>();
  let lastId = Date.now();

  function open(namespace: string, documents: Buffer[], batchSize = FIRST_BATCH, singleBatch = false): Buffer {
    const count = fitting(documents, batchSize);
    const rest = documents.slice(count);
    dropIdle();
    const id = rest.length > 0 && !singleBatch ? ++lastId : 0;
    if (id) opened.set(id, { namespace, documents: rest, usedAt: Date.now() });
    return cursorReply('firstBatch', documents.slice(0, count), { id: Long.fromNumber(id), ns: namespace });
  }

  function more(id: number, namespace: string, batchSize = Number.POSITIVE_INFINITY): Buffer {
    const cursor = opened.get(id);
    if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace)
      throw new CommandError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    const count = fitting(cursor.documents, batchSize || Number.POSITIVE_INFINITY);
    const batch = cursor.documents.slice(0, count);
    const documents = cursor.documents.slice(count);
    if (documents.length > 0) opened.set(id, { namespace, documents, usedAt: Date.now() });
    else opened.delete(id);
    return cursorReply('nextBatch', batch, { id: Long.fromNumber(documents.length > 0 ? id : 0), ns: namespace });
  }

  function dropIdle(): void {
    for (const [id, { usedAt }] of opened) if (Date.now() - usedAt > IDLE_MS) opened.delete(id);
  }
  return { open, more, drop: (id) => opened.delete(id) };
}

function fitting(documents: Buffer[], limit: number): number {
  let bytes = 0;
  for (const [at, document] of documents.entries()) {
    bytes += document.length;
    if (at >= limit || (at > 0 && bytes > MAX_BATCH_BYTES)) return at;
  }
  return documents.length;
}
