import { ObjectId } from 'bson';
import { CommandError } from '../command-error.ts';
import { asDoc, type Doc, readExact, readPlain, readTyped, toBytes } from '../document.ts';
import { demandUnique, duplicate, type Entry, entriesOf, entryKey, indexed, noteShape, noteShapes } from './entries.ts';
import {
  type Collection,
  documentKey,
  documentRange,
  freeId,
  type Index,
  putValue,
  recordBytes,
  recordOf,
  type Storage,
  saveCollection,
  unsealed,
} from './storage.ts';

/** MongoDB's limit for one document. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

export type Stored = { record: number; bytes: Buffer; document: Doc };

export function createCollection(storage: Storage, namespace: string, options: Doc = {}): Collection {
  const [database = '', ...name] = namespace.split('.');
  if (!/^[^/\\. "$\0]{1,63}$/.test(database) || name.join('.') === '' || /[$\0]/.test(name.join('.'))) {
    throw new CommandError(73, `Invalid namespace specified '${namespace}'`);
  }
  const id = freeId(storage);
  const primary: Index = { id: id + 1, spec: { v: 2, key: { _id: 1 }, name: '_id_', unique: true }, multikey: false, cut: false };
  const collection: Collection = { id, namespace, options, indexes: [primary], nextRecord: 1 };
  saveCollection(storage, collection);
  return collection;
}

/** The collection, made on the first write as MongoDB does. */
export function collectionFor(storage: Storage, namespace: string): Collection {
  return storage.collections.get(namespace) ?? createCollection(storage, namespace);
}

/** BSON types of an `_id` that needs no second look: double, string, ObjectId, and the two integers. */
const SAFE_IDS = new Set([1, 2, 7, 16, 18]);

/** Bytes with `_id` first; one is made when there is none. Refuses what MongoDB refuses as an `_id`. */
export function withId(bytes: Buffer): Buffer {
  const fieldName = bytes.subarray(5, 9).toString('latin1');
  if (fieldName === '_id\0') return checked(bytes, SAFE_IDS.has(bytes[4] ?? 0) ? {} : readPlain(bytes));
  const { _id = new ObjectId(), ...rest } = readTyped(bytes);
  return checked(toBytes({ _id, ...rest }), { _id });
}

export function insertDocument(storage: Storage, collection: Collection, bytes: Buffer): void {
  const document = readExact(bytes);
  const { entries, shapes } = indexed(collection, document, (own) => demandUnique(storage, collection, own));
  const record = collection.nextRecord++;
  putValue(storage.db, documentKey(collection, record), bytes);
  for (const { index, key } of entries) putValue(storage.db, entryKey(index, key, record), recordBytes(record));
  noteShapes(storage, collection, shapes);
}

export function replaceDocument(storage: Storage, collection: Collection, old: Stored, bytes: Buffer): void {
  if (bytes.length > MAX_DOCUMENT_BYTES) throw new CommandError(10334, 'BSONObj size is invalid: the document is larger than 16 MB');
  const document = readExact(bytes);
  const { entries, shapes } = indexed(collection, document, (own) => demandUnique(storage, collection, own, old.record));
  const before = new Map(entriesOf(collection, old.document).map((entry) => [named(entry), entry]));
  putValue(storage.db, documentKey(collection, old.record), bytes);
  for (const entry of entries) {
    if (before.delete(named(entry))) continue;
    putValue(storage.db, entryKey(entry.index, entry.key, old.record), recordBytes(old.record));
  }
  for (const { index, key } of before.values()) storage.db.removeSync(entryKey(index, key, old.record));
  noteShapes(storage, collection, shapes);
}

export function removeDocument(storage: Storage, collection: Collection, { record, document }: Stored): void {
  storage.db.removeSync(documentKey(collection, record));
  for (const { index, key } of entriesOf(collection, document)) storage.db.removeSync(entryKey(index, key, record));
}

export function* allDocuments({ db }: Storage, collection: Collection): Generator<Stored> {
  for (const { key, value } of db.getRange(documentRange(collection))) {
    const bytes = unsealed(value);
    yield { record: recordOf(key), bytes, document: readExact(bytes) };
  }
}

export function documentAt({ db }: Storage, collection: Collection, record: number): Stored | null {
  const value = db.get(documentKey(collection, record));
  const bytes = value && unsealed(value);
  return bytes ? { record, bytes, document: readExact(bytes) } : null;
}

/** Fills a new index from the documents there are; refuses before the first entry is written when two collide. */
export function buildIndex(storage: Storage, collection: Collection, index: Index): void {
  const lone = { ...collection, indexes: [index] };
  const made: (Entry & { record: number })[] = [];
  for (const { record, document } of allDocuments(storage, collection)) {
    const { entries, shapes } = indexed(lone, document);
    made.push(...entries.map((entry) => ({ ...entry, record })));
    shapes.forEach(noteShape);
  }
  if (index.spec.unique) {
    // Of several doubles MongoDB names the first by key, and only when every document can be indexed.
    made.sort((a, b) => Buffer.compare(a.key, b.key));
    const double = made.find(({ key }, at) => made[at - 1]?.key.equals(key));
    if (double) throw duplicate(collection, index, double.entry);
  }
  for (const { key, record } of made) putValue(storage.db, entryKey(index, key, record), recordBytes(record));
}

function named({ index, key }: Entry): string {
  return `${index.id}:${key.toString('latin1')}`;
}

function checked(bytes: Buffer, { _id }: Doc): Buffer {
  if (Array.isArray(_id)) throw new CommandError(53, "The '_id' value cannot be of type array");
  if (_id instanceof RegExp) throw new CommandError(53, "The '_id' value cannot be of type regex");
  const dollar = Object.keys(asDoc(_id)).find((name) => name.startsWith('$'));
  if (dollar) throw new CommandError(52, `The dollar ($) prefixed field '${dollar}' in '_id.${dollar}' is not valid for storage.`);
  if (bytes.length > MAX_DOCUMENT_BYTES) throw new CommandError(10334, 'BSONObj size is invalid: the document is larger than 16 MB');
  return bytes;
}
