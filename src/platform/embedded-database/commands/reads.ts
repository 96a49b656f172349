import { asFilter, CommandError } from '../command-error.ts';
import { asDoc, asNumber, type Doc, isPlain, toBytes } from '../document.ts';
import { valuesAt } from '../query/comparisons.ts';
import { findDocuments, type Search } from '../query/find.ts';
import { runPipeline } from '../query/pipeline.ts';
import { projected } from '../query/project.ts';
import { isNumeric, plainNumber } from '../values/numbers.ts';
import { encodeValue } from '../values/value-order.ts';
import { exactCommand } from '../wire/message.ts';
import { type Command, namespaceOf } from './command.ts';

const find: Command = (call) => {
  const { storage, cursors } = call;
  const namespace = namespaceOf(call);
  const command = exactCommand(call.message);
  const search = searchOf(command, 'filter');
  const found = findDocuments(storage, storage.collections.get(namespace), search);
  const bytes = projected(found, documentIn(command, 'projection'), search.filter, search.variables);
  const batchSize = command.batchSize === undefined ? undefined : sizeIn(command, 'batchSize');
  return cursors.open(namespace, bytes, batchSize, command.singleBatch === true);
};

const getMore: Command = ({ command, database, cursors }) => {
  const batchSize = command.batchSize === undefined ? undefined : asNumber(command.batchSize, 0);
  return cursors.more(Number(command.getMore), `${database}.${String(command.collection)}`, batchSize);
};

const count: Command = (call) => {
  const found = findDocuments(call.storage, call.storage.collections.get(namespaceOf(call)), searchOf(exactCommand(call.message), 'query'));
  return { n: found.length, ok: 1 };
};

const distinct: Command = (call) => {
  const { key } = call.command;
  if (typeof key !== 'string') throw new CommandError(14, "BSON field 'distinct.key' is the wrong type, expected type 'string'");
  const found = findDocuments(call.storage, call.storage.collections.get(namespaceOf(call)), searchOf(exactCommand(call.message), 'query'));
  const values = new Map<string, unknown>();
  for (const { document } of found) {
    for (const value of valuesAt(document, key.split('.'), false).flat()) {
      if (value !== undefined) values.set(encodeValue(value).toString('latin1'), value);
    }
  }
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  return { values: sorted, ok: 1 };
};

const aggregate: Command = (call) => {
  const { database, storage, cursors } = call;
  const command = exactCommand(call.message);
  refuseUnknown(command);
  if (!Array.isArray(command.pipeline)) throw new CommandError(14, "'pipeline' option must be specified as an array");
  if (!('cursor' in command)) throw new CommandError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  const cursor = documentIn(command, 'cursor');
  const source = typeof command.aggregate === 'string' ? command.aggregate : null;
  const results = runPipeline(storage, database, source, command.pipeline, documentIn(command, 'let'));
  return cursors.open(
    source === null ? `${database}.$cmd.aggregate` : namespaceOf(call),
    results.map((result) => toBytes(asDoc(result))),
    cursor.batchSize === undefined ? undefined : sizeIn(cursor, 'batchSize'),
  );
};

function searchOf(command: Doc, field: 'filter' | 'query'): Search {
  refuseUnknown(command);
  // Only `count` takes a negative limit, for the same as without its sign.
  const limit = field === 'query' ? Math.abs(asNumber(command.limit, 0)) : sizeIn(command, 'limit');
  const skip = sizeIn(command, 'skip');
  return { filter: asFilter(command[field], field), sort: documentIn(command, 'sort'), skip, limit, variables: documentIn(command, 'let') };
}

function sizeIn(command: Doc, field: string): number {
  const value = command[field] ?? 0;
  if (!isNumeric(value))
    throw new CommandError(14, `BSON field '${field}' is the wrong type, expected types '[long, int, decimal, double]'`);
  if (plainNumber(value) < 0)
    throw new CommandError(51024, `BSON field '${field}' value must be >= 0, actual value '${plainNumber(value)}'`);
  return Math.trunc(plainNumber(value));
}

/** A document of a command; none is an empty one. */
function documentIn(command: Doc, field: string): Doc {
  return asFilter(command[field], field);
}

function refuseUnknown({ tailable, collation }: Doc): void {
  if (tailable === true) throw new CommandError(2, 'error processing query: tailable cursor requested on non capped collection');
  if (isPlain(collation) && collation.locale !== 'simple')
    throw new CommandError(2, 'collations are not supported by the embedded database');
}

export const reads: Record<string, Command> = { find, getMore, count, distinct, aggregate };
