import { crc32 } from 'node:zlib';
import { open, type RootDatabase } from 'lmdb';
import { CommandError } from '../command-error.ts';
import { type Doc, readPlain, toBytes } from '../document.ts';
import { flushBehind, type SavePoint } from './flush.ts';

/** An index as its collection knows it. `multikey`: some document has several keys; `cut`: some key was too long to keep whole. */
export type Index = { id: number; spec: IndexSpec; multikey: boolean; cut: boolean };
export type IndexSpec = Doc & { v: 2; key: Doc; name: string; unique?: boolean; sparse?: boolean; partialFilterExpression?: Doc };
/** `namespace` is `database.collection`. Documents are kept by record number, in the order they came. */
export type Collection = { id: number; namespace: string; options: Doc; indexes: Index[]; nextRecord: number };

export type Storage = {
  db: RootDatabase<Buffer, Buffer>;
  collections: Map<string, Collection>;
  /** Runs in the next lmdb transaction; settles after its commit. A refusal is passed on, anything else undoes the whole transaction. */
  write: <T>(action: () => T) => Promise<T>;
  /** Settles when all that is committed is on the disk; throws when the disk did not take it, as `close` does. */
  flush: () => Promise<void>;
  close: () => Promise<void>;
};

/** First byte of each key of the one lmdb database. */
const CATALOGUE = 0;
const DOCUMENT = 1;
const ENTRY = 2;

/** With `save`, commits do not wait for the disk (`flushBehind`); without it each of them does. */
export function openStorage(path: string, save?: SavePoint): Storage {
  // The promises of put() never settle inside a synchronous transaction and then block close(): only putSync and removeSync here.
  const db: RootDatabase<Buffer, Buffer> = open({ path, encoding: 'binary', keyEncoding: 'binary', cache: false, ...commits(save) });
  const collections = new Map<string, Collection>();
  reload(db, collections);
  let broken: CommandError | null = null;
  let lost: CommandError | null = null;
  const failed = (error: unknown) => {
    lost ??= new CommandError(8, `the data file cannot be flushed to the disk: ${String(error)}`);
    broken ??= lost;
  };
  const flushing = save && flushBehind(db, path, save, failed);
  const waiting: (() => void)[] = [];
  let scheduled = false;

  function commitWaiting(): void {
    scheduled = false;
    const actions = waiting.splice(0);
    if (actions.length === 0) return;
    const settled: (() => void)[] = [];
    runAll(db, collections, actions, settled);
    flushing?.committed();
    for (const settle of settled) settle();
  }

  function write<T>(action: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      waiting.push(() => outcome(action, resolve, reject));
      if (!scheduled) setImmediate(commitWaiting);
      scheduled = true;
    });
  }
  const close = async () => {
    commitWaiting();
    broken ??= new CommandError(91, 'the database is stopping');
    await flushing?.stop();
    await db.close();
    if (lost) throw lost;
  };
  const flush = async () => {
    await flushing?.flush();
    if (lost) throw lost;
  };
  return { db, collections, write, flush, close };
}

function commits(save: SavePoint | undefined): { noSync?: true; overlappingSync: false } {
  return save ? { noSync: true, overlappingSync: false } : { overlappingSync: false };
}

/** Set while a transaction runs: where its actions leave what to do once it is committed, or undone. */
let current: { done: (() => void)[]; undone: ((error: unknown) => void)[] } | null = null;

function outcome<T>(action: () => T, resolve: (value: T) => void, reject: (error: unknown) => void): void {
  current?.undone.push(reject);
  try {
    const value = action();
    current?.done.push(() => resolve(value));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    current?.done.push(() => reject(error));
  }
}

function runAll(db: Storage['db'], collections: Storage['collections'], actions: (() => void)[], settled: (() => void)[]): void {
  const run = { done: [] as (() => void)[], undone: [] as ((error: unknown) => void)[] };
  current = run;
  try {
    db.transactionSync(() => {
      for (const action of actions) action();
    });
    settled.push(...run.done);
  } catch (error) {
    reload(db, collections);
    if (actions.length > 1) {
      // One command's fault must not fail its neighbours: each gets a transaction of its own.
      for (const action of actions) runAll(db, collections, [action], settled);
    } else settled.push(...run.undone.map((reject) => () => reject(error)));
  } finally {
    current = null;
  }
}

function reload(db: Storage['db'], collections: Storage['collections']): void {
  collections.clear();
  for (const { key, value } of db.getRange(span(CATALOGUE))) {
    const { id, indexes, options } = readPlain(unsealed(value)) as Pick<Collection, 'id' | 'indexes' | 'options'>; // written by saveCollection
    const [last] = [...db.getKeys({ ...span(DOCUMENT, id), ...reversed(span(DOCUMENT, id)), limit: 1 })];
    const nextRecord = last ? recordOf(last) + 1 : 1;
    collections.set(key.subarray(1).toString(), { id, namespace: key.subarray(1).toString(), indexes, options, nextRecord });
  }
}

export function saveCollection({ db, collections }: Storage, collection: Collection): void {
  const { id, namespace, indexes, options } = collection;
  putValue(db, catalogueKey(namespace), toBytes({ id, indexes, options }));
  collections.set(namespace, collection);
}

export function forgetCollection({ db, collections }: Storage, collection: Collection): void {
  for (const range of [span(DOCUMENT, collection.id), ...collection.indexes.map(({ id }) => span(ENTRY, id))]) removeRange(db, range);
  db.removeSync(catalogueKey(collection.namespace));
  collections.delete(collection.namespace);
}

export function forgetEntries({ db }: Storage, index: Index): void {
  removeRange(db, span(ENTRY, index.id));
}

/** Numbers of collections and indexes; never used twice while the collection with the highest one stands. */
export function freeId({ collections }: Storage): number {
  return Math.max(0, ...[...collections.values()].flatMap(({ id, indexes }) => [id, ...indexes.map((index) => index.id)])) + 1;
}

export function putValue(db: Storage['db'], key: Buffer, value: Buffer): void {
  db.putSync(key, sealed(key, value));
}

/** Every value carries a checksum of its key and itself, so that the next start finds what the disk has changed. */
export function sealed(key: Buffer, value: Buffer): Buffer {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(value, crc32(key)));
  return Buffer.concat([checksum, value]);
}

export function unsealed(stored: Buffer): Buffer {
  return stored.subarray(4);
}

export function documentKey(collection: Collection, record: number): Buffer {
  return Buffer.concat([prefix(DOCUMENT, collection.id), recordBytes(record)]);
}

export function entryPrefix(index: Index): Buffer {
  return prefix(ENTRY, index.id);
}

export function documentRange(collection: Collection): { start: Buffer; end: Buffer } {
  return span(DOCUMENT, collection.id);
}

export function recordBytes(record: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(record, 0, 6);
  return bytes;
}

export function recordOf(bytes: Uint8Array): number {
  return Buffer.from(bytes.subarray(-6)).readUIntBE(0, 6);
}

function reversed({ start, end }: { start: Buffer; end: Buffer }): { start: Buffer; end: Buffer; reverse: true } {
  return { start: end, end: start, reverse: true };
}

function removeRange(db: Storage['db'], range: { start: Buffer; end: Buffer }): void {
  for (const key of [...db.getKeys(range)]) db.removeSync(key);
}

function catalogueKey(namespace: string): Buffer {
  return Buffer.concat([Buffer.from([CATALOGUE]), Buffer.from(namespace)]);
}

function prefix(kind: number, id: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes[0] = kind;
  bytes.writeUInt32BE(id, 1);
  return bytes;
}

function span(kind: number, id?: number): { start: Buffer; end: Buffer } {
  if (id === undefined) return { start: Buffer.from([kind]), end: Buffer.from([kind + 1]) };
  return { start: prefix(kind, id), end: prefix(kind, id + 1) };
}
