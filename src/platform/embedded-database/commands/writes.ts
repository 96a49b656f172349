import { asFilter, CommandError, writeError } from '../command-error.ts';
import { asDoc, asList, asNumber, type Doc, readTyped, toBytes } from '../document.ts';
import { findDocuments } from '../query/find.ts';
import { collectionFor, insertDocument, removeDocument, withId } from '../store/collection.ts';
import { applyChange } from '../update/upsert.ts';
import { exactCommand } from '../wire/message.ts';
import { type Call, type Command, namespaceOf } from './command.ts';

/** MongoDB's limit for the operations of one command. */
const MAX_BULK = 100_000;

const insert: Command = (call) => {
  const namespace = namespaceOf(call);
  const sent = call.message.sequences.get('documents');
  const documents = sent ?? asList(readTyped(call.message.body).documents).map((document) => toBytes(asDoc(document)));
  demandSize(documents);
  return call.storage.write(() => {
    const collection = collectionFor(call.storage, namespace);
    let n = 0;
    const errors = inTurn(call, documents, (bytes) => {
      insertDocument(call.storage, collection, withId(bytes));
      n += 1;
    });
    return { n, ...errors, ok: 1 };
  });
};

const update: Command = (call) => {
  const namespace = namespaceOf(call);
  const updates = asList(exactCommand(call.message).updates).map(asDoc);
  demandSize(updates);
  return call.storage.write(() => {
    const upserted: Doc[] = [];
    let [n, nModified] = [0, 0];
    const errors = inTurn(call, updates, (one, index) => {
      const result = applyChange(call.storage, namespace, one);
      n += result.n;
      nModified += result.nModified;
      if (result.upserted) upserted.push({ index, _id: result.upserted._id });
    });
    return { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...errors, ok: 1 };
  });
};

const remove: Command = (call) => {
  const namespace = namespaceOf(call);
  const deletes = asList(exactCommand(call.message).deletes).map(asDoc);
  demandSize(deletes);
  return call.storage.write(() => {
    const collection = call.storage.collections.get(namespace);
    let n = 0;
    const errors = inTurn(call, deletes, ({ q, limit }) => {
      const found = findDocuments(call.storage, collection, {
        filter: asFilter(q, 'delete.deletes.q'),
        sort: {},
        skip: 0,
        limit: asNumber(limit, 0),
      });
      for (const stored of found) if (collection) removeDocument(call.storage, collection, stored);
      n += found.length;
    });
    return { n, ...errors, ok: 1 };
  });
};

/** Does each; after a refusal an ordered command stops, an unordered one goes on. */
function inTurn<T>({ command }: Call, items: T[], act: (item: T, index: number) => void): Doc {
  const writeErrors: Doc[] = [];
  for (const [index, item] of items.entries()) {
    try {
      act(item, index);
    } catch (error) {
      // A full disk and the like undoes the whole command; errors of lmdb and of Node carry a code, those of a wrong operand do not.
      if (!(error instanceof CommandError) && error instanceof Error && 'code' in error) throw error;
      writeErrors.push(writeError(error, index));
      if (command.ordered !== false) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

function demandSize(operations: unknown[]): void {
  if (operations.length >= 1 && operations.length <= MAX_BULK) return;
  throw new CommandError(16, `Write batch sizes must be between 1 and ${MAX_BULK}. Got ${operations.length} operations.`);
}

export const writes: Record<string, Command> = { insert, update, delete: remove };
