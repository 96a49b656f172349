import { afterEach, describe, expect, test } from 'vitest';
import { SERVERS, useServer } from './servers.ts';

type Stored = { _id: number | string; key?: unknown; state?: string; by?: number; seen?: number; count?: number; list?: number[] };
const times = (count: number) => Array.from({ length: count }, (_, n) => n);

describe.each(SERVERS)('at once on %s', (name) => {
  const server = useServer(name);
  const things = () => server.db.collection<Stored>('things');
  afterEach(async () => {
    await server.db.dropDatabase();
  });

  test('of twenty upserts on a unique index one inserts, and no other answer than a match or a double', async () => {
    await things().createIndex({ key: 1 }, { unique: true });
    const upserts = times(20).map((n) =>
      things().updateOne({ key: 'k' }, { $setOnInsert: { by: n }, $inc: { seen: 1 } }, { upsert: true }),
    );
    const settled = await Promise.allSettled(upserts);
    const inserted = settled.filter((one) => one.status === 'fulfilled' && one.value.upsertedCount === 1).length;
    const matched = settled.filter((one) => one.status === 'fulfilled' && one.value.matchedCount === 1).length;
    const doubles = settled.filter((one) => one.status === 'rejected' && one.reason.code === 11000).length;
    expect([inserted, matched + doubles, await things().countDocuments()]).toEqual([1, 19, 1]);
    expect(await things().findOne()).toMatchObject({ seen: 1 + matched });
  });

  test('of fifty that claim by one filter one wins', async () => {
    await things().insertOne({ _id: 1, state: 'free' });
    const claim = (by: number) =>
      things().findOneAndUpdate({ _id: 1, state: 'free' }, { $set: { state: 'taken', by } }, { returnDocument: 'after' });
    const won = (await Promise.all(times(50).map(claim))).filter((found) => found !== null);
    expect(won).toEqual([await things().findOne()]);
  });

  test('no increment is lost, in one document and in a list', async () => {
    await things().insertOne({ _id: 1, count: 0, list: [] });
    await Promise.all(times(100).map((n) => things().updateOne({ _id: 1 }, { $inc: { count: 1 }, $addToSet: { list: n % 10 } })));
    expect(await things().findOne()).toMatchObject({ count: 100, list: { length: 10 } });
  });

  test('of a hundred inserts under ten keys ten stand', async () => {
    await things().createIndex({ key: 1 }, { unique: true });
    const settled = await Promise.allSettled(times(100).map((n) => things().insertOne({ _id: n, key: n % 10 })));
    expect(settled.filter(({ status }) => status === 'fulfilled').length).toBe(10);
    expect((await things().distinct('key')).length).toBe(10);
  });
});
