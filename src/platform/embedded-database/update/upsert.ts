import { ObjectId } from 'bson';
import { asFilter, CommandError } from '../command-error.ts';
import { asDoc, asList, type Doc, isPlain, readExact, toBytes } from '../document.ts';
import { findDocuments } from '../query/find.ts';
import { collectionFor, insertDocument, replaceDocument, withId } from '../store/collection.ts';
import type { Collection, Storage } from '../store/storage.ts';
import { sameValue } from '../values/value-order.ts';
import { type Change, changed, readChange } from './change.ts';

/** `before` and `after` are those of the last document changed. */
export type Outcome = { n: number; nModified: number; upserted?: { _id: unknown }; before?: Buffer; after?: Buffer };

/** Does one entry of an update command (`q`, `u`, `multi`, `upsert`, `arrayFilters`, `c`, `sort`): changes what matches; with `upsert`
 *  and nothing found, inserts. Runs within a write, so nothing comes between looking and writing. */
export function applyChange(storage: Storage, namespace: string, entry: Doc): Outcome {
  const { q, u, multi, upsert, sort, arrayFilters, c } = entry;
  const filter = asFilter(q, 'update.updates.q');
  const variables = asDoc(c);
  const change = readChange(u, { filter, arrayFilters, variables });
  if (multi === true && change.replaces) throw new CommandError(9, 'multi update is not supported for replacement-style update');
  const collection = storage.collections.get(namespace);
  const found = findDocuments(storage, collection, { filter, sort: asDoc(sort), skip: 0, limit: multi === true ? 0 : 1, variables });
  if (!collection || found.length === 0)
    return upsert === true ? insertChanged(storage, collectionFor(storage, namespace), filter, change) : { n: 0, nModified: 0 };
  const outcome: Outcome = { n: found.length, nModified: 0, before: found[0]?.bytes };
  for (const stored of found) {
    const { bytes, modified } = changed(stored.bytes, change);
    outcome.after = bytes;
    if (modified) outcome.nModified += 1;
    if (!bytes.equals(stored.bytes)) replaceDocument(storage, collection, stored, bytes);
  }
  return outcome;
}

function insertChanged(storage: Storage, collection: Collection, filter: Doc, change: Change): Outcome {
  const fixed = fixedByFilter(filter, change.replaces);
  const { _id = new ObjectId(), ...rest } = readExact(changed(toBytes(fixed), change, true).bytes);
  const bytes = withId(toBytes({ _id, ...rest }));
  insertDocument(storage, collection, bytes);
  return { n: 1, nModified: 0, upserted: { _id }, after: bytes };
}

/** What a filter fixes to one value becomes part of a document it inserts, in the order of the paths; of one that is replaced only
 *  `_id` is needed. Refuses a path that is fixed twice, or together with one inside it. */
function fixedByFilter(filter: Doc, onlyId: boolean): Doc {
  const document: Doc = {};
  const equalities = equalitiesIn(filter).filter(([path]) => !onlyId || path === '_id' || path.startsWith('_id.'));
  for (const [at, [path]] of equalities.entries()) {
    const clash = equalities.slice(0, at).find(([other]) => `${other}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${other}.`));
    if (clash) throw new CommandError(54, `cannot infer query fields to set, both paths '${path}' and '${clash[0]}' are matched`);
  }
  for (const [path, value] of equalities.sort(([a], [b]) => (a < b ? -1 : 1))) setAt(document, path.split('.'), value);
  return document;
}

function equalitiesIn(filter: Doc): [string, unknown][] {
  return Object.entries(filter).flatMap(([path, condition]) => {
    const parts = asList(condition).map(asDoc);
    if (path === '$and' || (path === '$or' && parts.length === 1)) return parts.flatMap(equalitiesIn);
    return path.startsWith('$') ? [] : valuesOf(condition).map((value): [string, unknown] => [path, value]);
  });
}

/** The values a condition on a field demands, each as one of its own. */
function valuesOf(condition: unknown): unknown[] {
  if (!isPlain(condition) || !Object.keys(condition)[0]?.startsWith('$')) return condition instanceof RegExp ? [] : [condition];
  return Object.entries(condition).flatMap(([name, operand]) => {
    if (name === '$eq') return [operand];
    const values = asList(operand).filter((value) => !(value instanceof RegExp) && !(isPlain(value) && '$elemMatch' in value));
    if (name === '$all') return values;
    const single = name === '$in' && values.length === asList(operand).length && values.every((value) => sameValue(value, values[0]));
    return single ? values.slice(0, 1) : [];
  });
}

function setAt(document: Doc, [name = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) document[name] = value;
  else {
    const inner = isPlain(document[name]) ? document[name] : {};
    document[name] = inner;
    setAt(inner, rest, value);
  }
}
