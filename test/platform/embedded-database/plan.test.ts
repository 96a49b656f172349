import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Int32 } from 'bson';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Doc, toBytes } from '../../../src/platform/embedded-database/document.ts';
import { findDocuments } from '../../../src/platform/embedded-database/query/find.ts';
import { runPipeline } from '../../../src/platform/embedded-database/query/pipeline.ts';
import { buildIndex, collectionFor, insertDocument } from '../../../src/platform/embedded-database/store/collection.ts';
import { openStorage, type Storage } from '../../../src/platform/embedded-database/store/storage.ts';

const MANY = 2_000;
let folder = '';
let storage: Storage;
/** Documents and index entries lmdb was asked for. */
let reads = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prm-'));
  storage = openStorage(join(folder, 'data.mdb'));
  const rows = Array.from({ length: MANY }, (_, _id) => ({ _id, team: _id % 10, at: _id, tags: [_id, -_id], lone: `x${_id}` }));
  await storage.write(() => {
    const collection = collectionFor(storage, 'test.rows');
    for (const row of rows) insertDocument(storage, collection, toBytes(row));
    for (const [at, key] of [{ team: 1, at: 1 }, { lone: 1 }, { tags: 1 }].entries()) {
      const index = { id: 100 + at, spec: { v: 2 as const, key, name: `index${at}` }, multikey: false, cut: false };
      buildIndex(storage, collection, index);
      collection.indexes.push(index);
    }
    insertDocument(storage, collectionFor(storage, 'test.few'), toBytes({ _id: 1, of: [new Int32(3), 4] }));
  });
  countReads();
});
afterAll(async () => {
  await storage.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every read goes through these two of lmdb's own functions. */
function countReads(): void {
  const { db } = storage;
  const [get, getRange] = [db.get.bind(db), db.getRange.bind(db)];
  db.get = (...given: Parameters<typeof get>) => {
    reads += 1;
    return get(...given);
  };
  db.getRange = (...given: Parameters<typeof getRange>) =>
    getRange(...given).map((entry) => {
      reads += 1;
      return entry;
    });
}

function readsOf(act: () => unknown[]): { found: number; reads: number } {
  reads = 0;
  return { found: act().length, reads };
}

const search = (filter: Doc, sort: Doc = {}, limit = 0) =>
  readsOf(() => findDocuments(storage, storage.collections.get('test.rows'), { filter, sort, skip: 0, limit }));

test.each<[string, Doc, Doc, number, number]>([
  ['equality', { _id: 7 }, {}, 0, 1],
  ['$in', { _id: { $in: [1, 2, 3] } }, {}, 0, 3],
  ['a range', { _id: { $gte: 10, $lt: 20 } }, {}, 0, 10],
  ['a range after an equality', { team: 3, at: { $gt: 100, $lte: 200 } }, {}, 0, 10],
  ['a sort on an indexed prefix, with a limit', {}, { team: -1, at: -1 }, 5, 5],
  ['a sort after an equality, with a limit', { team: 3 }, { at: -1 }, 5, 5],
  ['an element of an array', { tags: 12 }, {}, 0, 1],
  ['$or of branches with an index each', { $or: [{ _id: 1 }, { lone: 'x2' }, { team: 3, at: { $lt: 20 } }] }, {}, 0, 4],
  ['$or whose branches meet', { $or: [{ _id: 1 }, { lone: 'x1' }, { _id: { $in: [1, 2] } }] }, {}, 0, 2],
  ['$or beside an equality', { team: 3, $or: [{ at: 3 }, { at: { $gt: 1_990 } }] }, {}, 0, 2],
  ['$or inside $and', { $and: [{ at: { $gte: 0 } }, { $or: [{ _id: 5 }, { lone: 'x9' }] }] }, { _id: 1 }, 0, 2],
])('%s is not a scan', (_, filter, sort, limit, found) => {
  const seen = search(filter, sort, limit);
  expect(seen.found).toBe(found);
  // An entry and a document for each, and what lies at the ends of a range.
  expect(seen.reads).toBeLessThanOrEqual(3 * found + 4);
});

test('a branch without an index makes the whole $or a scan', () => {
  expect(search({ $or: [{ _id: 1 }, { other: 2 }] })).toEqual({ found: 1, reads: MANY });
});

test('a pipeline begins at an index, and $lookup uses one', () => {
  const first = readsOf(() => runPipeline(storage, 'test', 'rows', [{ $match: { team: 3 } }, { $sort: { at: 1 } }, { $limit: 4 }], {}));
  expect(first.found).toBe(4);
  expect(first.reads).toBeLessThanOrEqual(12);
  const $lookup = { from: 'rows', localField: 'of', foreignField: '_id', as: 'rows' };
  const joined = readsOf(() => runPipeline(storage, 'test', 'few', [{ $lookup }, { $unwind: '$rows' }], {}));
  expect(joined.found).toBe(2);
  expect(joined.reads).toBeLessThanOrEqual(10);
});
