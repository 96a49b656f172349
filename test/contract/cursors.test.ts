import mongoose from 'mongoose';
import { beforeAll, describe, expect, test } from 'vitest';
import { SERVERS, useServer } from './servers.ts';

const { Long } = mongoose.mongo.BSON;

const MANY = 5_000;

describe.each(SERVERS)('cursors of %s', (name) => {
  const server = useServer(name);
  const rows = () => server.db.collection<{ _id: number; group: number; text: string }>('rows');
  beforeAll(async () => {
    await rows().insertMany(Array.from({ length: MANY }, (_, _id) => ({ _id, group: _id % 7, text: 'x'.repeat(50) })));
  });

  test.each([undefined, 1_000, 333])('all documents come once and in order, in batches of %s', async (batchSize) => {
    const options = batchSize ? { batchSize } : {};
    const found = await rows().find({}, options).sort({ group: 1, _id: -1 }).toArray();
    const right = (await rows().find({}).toArray()).toSorted((a, b) => a.group - b.group || b._id - a._id);
    expect(found).toEqual(right);
    expect(
      await rows()
        .aggregate([{ $match: { group: 3 } }, { $sort: { _id: 1 } }], options)
        .toArray(),
    ).toEqual(right.filter(({ group }) => group === 3).toSorted((a, b) => a._id - b._id));
  });

  test('skip and limit across batches', async () => {
    const page = await rows().find({}, { batchSize: 100 }).sort({ _id: 1 }).skip(1_990).limit(1_020).toArray();
    expect([page.length, page[0]?._id, page.at(-1)?._id]).toEqual([1_020, 1_990, 3_009]);
  });

  test('a cursor can be killed, and is then unknown', async () => {
    const { cursor } = await server.db.command({ find: 'rows', batchSize: 10 });
    const killed = await server.db.command({ killCursors: 'rows', cursors: [cursor.id] });
    expect(killed).toMatchObject({ cursorsKilled: [cursor.id], cursorsNotFound: [], ok: 1 });
    await expect(server.db.command({ getMore: Long.fromValue(cursor.id), collection: 'rows' })).rejects.toMatchObject({ code: 43 });
  });

  test('documents of many megabytes come in more than one reply', async () => {
    const large = server.db.collection<{ _id: number; text: string }>('large');
    for (let _id = 0; _id < 20; _id++) await large.insertOne({ _id, text: 'y'.repeat(1_000_000) });
    let bytes = 0;
    for await (const { text } of large.find({})) bytes += text.length;
    expect(bytes).toBe(20_000_000);
    await large.drop();
  });
});
