import { ObjectId } from 'bson';
import { CommandError } from '../command-error.ts';
import { type Doc, isPlain } from '../document.ts';
import { matcher } from '../query/query.ts';
import { type IndexKey, keysOf, storedKey } from './index-keys.ts';
import { type Collection, entryPrefix, type Index, recordBytes, recordOf, type Storage, saveCollection } from './storage.ts';

export type Entry = { index: Index; key: Buffer; entry: IndexKey };
type Shape = { index: Index; multikey: boolean; cut: boolean };

/** The keys under which lmdb holds a document, one for each entry of each index. */
export function entriesOf(collection: Collection, document: Doc): Entry[] {
  return indexed(collection, document).entries;
}

/** `check` is given the entries of one index after the other: what is wrong with the first is said first, as MongoDB does. */
export function indexed(
  collection: Collection,
  document: Doc,
  check: (entries: Entry[]) => void = () => {},
): { entries: Entry[]; shapes: Shape[] } {
  const entries: Entry[] = [];
  const shapes: Shape[] = [];
  for (const index of collection.indexes) {
    if (!inPartial(index, document)) continue;
    const { keys, multikey, missing } = keysOf(document, index.spec.key);
    if (index.spec.sparse && missing) continue;
    const own = keys.map((entry) => ({ index, key: storedKey(entry.bytes), entry }));
    check(own);
    entries.push(...own);
    const cut = own.some(({ key, entry }) => key !== entry.bytes);
    if (multikey || cut) shapes.push({ index, multikey, cut });
  }
  return { entries, shapes };
}

/** Compiled once for each index, not for each document. */
const partials = new WeakMap<Index, (document: Doc) => boolean>();

function inPartial(index: Index, document: Doc): boolean {
  const { partialFilterExpression } = index.spec;
  if (!isPlain(partialFilterExpression)) return true;
  const accepts = partials.get(index) ?? matcher(partialFilterExpression);
  partials.set(index, accepts);
  return accepts(document);
}

/** A unique index has one record for a key; another index has the record number at the end of the key. */
export function entryKey(index: Index, key: Buffer, record: number): Buffer {
  return Buffer.concat([entryPrefix(index), key, index.spec.unique ? Buffer.alloc(0) : recordBytes(record)]);
}

export function demandUnique({ db }: Storage, collection: Collection, entries: Entry[], own?: number): void {
  for (const { index, key, entry } of entries) {
    if (!index.spec.unique) continue;
    const holder = db.get(entryKey(index, key, 0));
    if (holder && recordOf(holder) !== own) throw duplicate(collection, index, entry);
  }
}

export function duplicate(collection: Collection, { spec }: Index, { values }: IndexKey): CommandError {
  const keyValue = Object.fromEntries(Object.keys(spec.key).map((name, at) => [name, values[at]]));
  const shown = Object.entries(keyValue).map(([name, value]) => `${name}: ${showValue(value)}`);
  const words = `E11000 duplicate key error collection: ${collection.namespace} index: ${spec.name} dup key: { ${shown.join(', ')} }`;
  return new CommandError(11000, words, { keyPattern: spec.key, keyValue });
}

function showValue(value: unknown): string {
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  return JSON.stringify(value);
}

export function noteShapes(storage: Storage, collection: Collection, shapes: Shape[]): void {
  const news = shapes.map(noteShape);
  if (news.includes(true)) saveCollection(storage, collection);
}

/** Remembers what makes an index unfit for sorting; true when that is news. */
export function noteShape({ index, multikey, cut }: Shape): boolean {
  const news = (multikey && !index.multikey) || (cut && !index.cut);
  index.multikey ||= multikey;
  index.cut ||= cut;
  return news;
}
