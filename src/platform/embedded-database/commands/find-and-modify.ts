import { asFilter, CommandError } from '../command-error.ts';
import { asDoc, type Doc, readExact, readTyped } from '../document.ts';
import { findDocuments } from '../query/find.ts';
import { projected } from '../query/project.ts';
import { removeDocument } from '../store/collection.ts';
import { applyChange } from '../update/upsert.ts';
import { exactCommand } from '../wire/message.ts';
import { type Call, type Command, namespaceOf } from './command.ts';

export const findAndModify: Command = (call) => {
  const command = exactCommand(call.message);
  const removes = command.remove === true;
  if (removes && command.update !== undefined) throw new CommandError(9, 'Cannot specify both an update and remove=true');
  if (!removes && command.update === undefined) throw new CommandError(9, 'Either an update or remove=true must be specified');
  return call.storage.write(() => (removes ? removeFound(call, command) : changeFound(call, command)));
};

function removeFound(call: Call, command: Doc): Doc {
  const { storage } = call;
  const collection = storage.collections.get(namespaceOf(call));
  const [filter, variables] = [asFilter(command.query, 'findAndModify.query'), asDoc(command.let)];
  const [found] = findDocuments(storage, collection, { filter, sort: asDoc(command.sort), skip: 0, limit: 1, variables });
  if (!found || !collection) return { lastErrorObject: { n: 0 }, value: null, ok: 1 };
  removeDocument(storage, collection, found);
  return { lastErrorObject: { n: 1 }, value: shown(command, found.bytes), ok: 1 };
}

function changeFound(call: Call, command: Doc): Doc {
  const { query: q, update: u, upsert, sort, arrayFilters, let: c } = command;
  const { n, upserted, before, after } = applyChange(call.storage, namespaceOf(call), { q, u, upsert, sort, arrayFilters, c });
  const lastErrorObject = { n, updatedExisting: n > 0 && !upserted, ...(upserted ? { upserted: upserted._id } : {}) };
  const bytes = command.new === true ? after : before;
  return { lastErrorObject, value: bytes ? shown(command, bytes) : null, ok: 1 };
}

function shown(command: Doc, bytes: Buffer): Doc {
  const [kept = bytes] = projected(
    [{ bytes, document: readExact(bytes) }],
    asDoc(command.fields),
    asDoc(command.query),
    asDoc(command.let),
  );
  return readTyped(kept);
}
