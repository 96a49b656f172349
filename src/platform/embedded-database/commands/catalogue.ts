import { CommandError } from '../command-error.ts';
import { asDoc, asList, type Doc, isPlain, toBytes } from '../document.ts';
import { buildIndex, collectionFor, createCollection } from '../store/collection.ts';
import {
  type Collection,
  forgetCollection,
  forgetEntries,
  freeId,
  type IndexSpec,
  type Storage,
  saveCollection,
} from '../store/storage.ts';
import { sameValue } from '../values/value-order.ts';
import { type Command, namespaceOf } from './command.ts';
import { indexSpec } from './index-spec.ts';

const createIndexes: Command = (call) => {
  const namespace = namespaceOf(call);
  const specs = asList(call.command.indexes).map((index) => indexSpec(asDoc(index)));
  if (specs.length === 0) throw new CommandError(2, 'Must specify at least one index to create');
  return call.storage.write(() => {
    const createdCollectionAutomatically = !call.storage.collections.has(namespace);
    const collection = collectionFor(call.storage, namespace);
    const numIndexesBefore = collection.indexes.length;
    for (const spec of specs) addIndex(call.storage, collection, spec);
    const numIndexesAfter = collection.indexes.length;
    const note = numIndexesAfter === numIndexesBefore ? { note: 'all indexes already exist' } : {};
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ...note, ok: 1 };
  });
};

function addIndex(storage: Storage, collection: Collection, spec: IndexSpec): void {
  for (const { spec: other } of collection.indexes) {
    const sameKey = sameValue(other.key, spec.key);
    const sameOptions = ['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds'].every((name) =>
      sameValue(other[name], spec[name]),
    );
    if (sameKey && (sameOptions || other.name === '_id_') && (other.name === spec.name || other.name === '_id_')) return;
    if (other.name === spec.name) {
      throw new CommandError(
        86,
        `An existing index has the same name as the requested index. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(other)}`,
      );
    }
    if (sameKey && sameValue(other.partialFilterExpression, spec.partialFilterExpression)) {
      throw new CommandError(85, `Index already exists with a different name: ${other.name}`);
    }
  }
  const index = { id: freeId(storage), spec, multikey: false, cut: false };
  buildIndex(storage, collection, index);
  collection.indexes.push(index);
  saveCollection(storage, collection);
}

const listIndexes: Command = (call) => {
  const namespace = namespaceOf(call);
  const collection = call.storage.collections.get(namespace);
  if (!collection) throw new CommandError(26, `ns does not exist: ${namespace}`);
  return call.cursors.open(
    namespace,
    collection.indexes.map(({ spec }) => toBytes(shownSpec(spec))),
  );
};

function shownSpec(spec: IndexSpec): Doc {
  const { unique, ...rest } = spec;
  return spec.name === '_id_' || !unique ? rest : spec;
}

const dropIndexes: Command = (call) => {
  const namespace = namespaceOf(call);
  const wanted = call.command.index;
  return call.storage.write(() => {
    const collection = call.storage.collections.get(namespace);
    if (!collection) throw new CommandError(26, `ns not found ${namespace}`);
    const nIndexesWas = collection.indexes.length;
    const dropped = collection.indexes.filter(({ spec }) => spec.name !== '_id_' && isWanted(spec, wanted));
    if (wanted === '_id_') throw new CommandError(72, 'cannot drop _id index');
    if (wanted !== '*' && dropped.length === 0) throw new CommandError(27, `index not found with name [${String(wanted)}]`);
    for (const index of dropped) forgetEntries(call.storage, index);
    collection.indexes = collection.indexes.filter((index) => !dropped.includes(index));
    saveCollection(call.storage, collection);
    return { nIndexesWas, ok: 1 };
  });
};

function isWanted(spec: IndexSpec, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.includes(spec.name);
  return isPlain(wanted) ? sameValue(spec.key, wanted) : wanted === '*' || wanted === spec.name;
}

const listCollections: Command = ({ command, database, storage, cursors }) => {
  const names = inDatabase(storage, database).map(({ namespace, options }) => ({ name: namespace.slice(database.length + 1), options }));
  const { name } = asDoc(command.filter);
  const shown = names.filter((one) => name === undefined || one.name === name);
  const details = ({ options }: { options: Doc }) =>
    command.nameOnly === true ? {} : { options, info: { readOnly: false }, idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } };
  const documents = shown.map((one) => toBytes({ name: one.name, type: 'collection', ...details(one) }));
  return cursors.open(`${database}.$cmd.listCollections`, documents);
};

const create: Command = (call) => {
  const namespace = namespaceOf(call);
  for (const option of ['capped', 'viewOn', 'timeseries', 'collation', 'validator']) {
    if (call.command[option]) throw new CommandError(115, `${option} is not supported by the embedded database`);
  }
  return call.storage.write(() => {
    if (call.storage.collections.has(namespace)) throw new CommandError(48, `Collection ${namespace} already exists.`);
    createCollection(call.storage, namespace);
    return { ok: 1 };
  });
};

const drop: Command = (call) => {
  const namespace = namespaceOf(call);
  return call.storage.write(() => {
    const collection = call.storage.collections.get(namespace);
    if (!collection) return { ok: 1 };
    forgetCollection(call.storage, collection);
    return { nIndexesWas: collection.indexes.length, ns: namespace, ok: 1 };
  });
};

const dropDatabase: Command = ({ database, storage }) =>
  storage.write(() => {
    for (const collection of inDatabase(storage, database)) forgetCollection(storage, collection);
    return { dropped: database, ok: 1 };
  });

const listDatabases: Command = ({ command, storage }) => {
  const names = [...new Set([...storage.collections.keys()].map((namespace) => namespace.split('.')[0] ?? ''))].sort();
  const databases = names.map((name) => (command.nameOnly === true ? { name } : { name, sizeOnDisk: 0, empty: false }));
  return { databases, totalSize: 0, totalSizeMb: 0, ok: 1 };
};

function inDatabase({ collections }: Storage, database: string): Collection[] {
  return [...collections.values()].filter(({ namespace }) => namespace.startsWith(`${database}.`));
}

export const catalogue: Record<string, Command> = {
  createIndexes,
  listIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
  listCollections,
  create,
  drop,
  dropDatabase,
  listDatabases,
};
