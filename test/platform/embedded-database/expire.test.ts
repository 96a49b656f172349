import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Doc, toBytes } from '../../../src/platform/embedded-database/document.ts';
import { checkIndexes } from '../../../src/platform/embedded-database/store/check-indexes.ts';
import {
  allDocuments,
  buildIndex,
  collectionFor,
  insertDocument,
  withId,
} from '../../../src/platform/embedded-database/store/collection.ts';
import { expireDocuments } from '../../../src/platform/embedded-database/store/expire.ts';
import {
  freeId,
  type IndexSpec,
  openStorage,
  type Storage,
  saveCollection,
} from '../../../src/platform/embedded-database/store/storage.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
let folder = '';
let storage: Storage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prm-'));
  storage = openStorage(join(folder, 'data.mdb'));
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true, force: true });
});

/** What is left of the documents, by `_id`, after those past their time are removed. */
async function left(spec: Omit<IndexSpec, 'v' | 'name'>, documents: Doc[]): Promise<unknown[]> {
  const things = await storage.write(() => {
    const collection = collectionFor(storage, 'x.things');
    for (const document of documents) insertDocument(storage, collection, withId(toBytes(document)));
    const index = { id: freeId(storage), spec: { v: 2 as const, name: 'ttl', ...spec } as IndexSpec, multikey: false, cut: false }; // `key` is in `spec`
    buildIndex(storage, collection, index);
    collection.indexes.push(index);
    saveCollection(storage, collection);
    return collection;
  });
  const removed = await expireDocuments(storage, NOW);
  const ids = [...allDocuments(storage, things)].map(({ document }) => document._id);
  expect([removed, checkIndexes(storage)]).toEqual([documents.length - ids.length, []]);
  return ids;
}

test('a date older than its time goes; one that is not, and what is no date, stays', async () => {
  const documents = [
    { _id: 'past', at: ago(61) },
    { _id: 'just', at: ago(60) },
    { _id: 'future', at: ago(-60) },
    { _id: 'long ago', at: new Date(-1) },
    { _id: 'number', at: 5 },
    { _id: 'text', at: '2001-01-01' },
    { _id: 'null', at: null },
    { _id: 'none' },
  ];
  expect(await left({ key: { at: 1 }, expireAfterSeconds: 60 }, documents)).toEqual(['just', 'future', 'number', 'text', 'null', 'none']);
});

test('of several dates in an array the earliest counts', async () => {
  const documents = [
    { _id: 'one past', at: [ago(-100), ago(100), 'x'] },
    { _id: 'none past', at: [ago(-100), ago(10)] },
    { _id: 'no dates', at: ['x', 1, null] },
    { _id: 'empty', at: [] },
    { _id: 'nested', in: [{ at: ago(100) }] },
  ];
  expect(await left({ key: { at: -1 }, expireAfterSeconds: 60 }, documents)).toEqual(['none past', 'no dates', 'empty', 'nested']);
});

test('with a partial index only the documents in it go, and 0 seconds means at that time', async () => {
  const documents = [
    { _id: 'in', at: ago(1), done: true },
    { _id: 'out', at: ago(1), done: false },
    { _id: 'later', at: ago(-1), done: true },
  ];
  const spec = { key: { at: 1 }, expireAfterSeconds: 0, partialFilterExpression: { done: true } };
  expect(await left(spec, documents)).toEqual(['out', 'later']);
});
