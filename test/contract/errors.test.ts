import mongoose, { Schema } from 'mongoose';
import { afterEach, describe, expect, test } from 'vitest';
import { SERVERS, useServer } from './servers.ts';

type Stored = { _id: number; [field: string]: unknown };

describe.each(SERVERS)('what %s refuses', (name) => {
  const server = useServer(name);
  const things = () => server.db.collection<Stored>('things');
  afterEach(async () => {
    await server.db.dropDatabase();
  });

  test('a double under a unique index names the index, the fields and the values', async () => {
    await things().createIndex({ a: 1, 'b.c': -1 }, { unique: true });
    await things().insertOne({ _id: 1, a: 'x', b: { c: 2 } });
    const double = { code: 11000, keyPattern: { a: 1, 'b.c': -1 }, keyValue: { a: 'x', 'b.c': 2 } };
    await expect(things().insertOne({ _id: 2, a: 'x', b: { c: 2 } })).rejects.toMatchObject(double);
    await things().insertOne({ _id: 3, a: 'y', b: { c: 2 } });
    await expect(things().updateOne({ _id: 3 }, { $set: { a: 'x' } })).rejects.toMatchObject(double);
    await expect(things().findOneAndUpdate({ _id: 3 }, { $set: { a: 'x' } })).rejects.toMatchObject(double);
    await expect(things().replaceOne({ _id: 9 }, { a: 'x', b: { c: 2 } }, { upsert: true })).rejects.toMatchObject(double);
    await expect(things().insertOne({ _id: 1 })).rejects.toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } });
    expect(await things().find({}).sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, a: 'x', b: { c: 2 } },
      { _id: 3, a: 'y', b: { c: 2 } },
    ]);
  });

  test('mongoose sees the same', async () => {
    const connection = await mongoose.createConnection(server.uri).asPromise();
    const schema = new Schema({ workspaceId: String, domain: String }).index({ workspaceId: 1, domain: 1 }, { unique: true });
    const Model = connection.model('Double', schema);
    await Model.init();
    await Model.create({ workspaceId: 'T1', domain: 'a.example' });
    const double = { name: 'MongoServerError', code: 11000, keyValue: { workspaceId: 'T1', domain: 'a.example' } };
    await expect(Model.create({ workspaceId: 'T1', domain: 'a.example' })).rejects.toMatchObject(double);
    await connection.close();
  });

  test('an unordered bulk does what it can and lists the rest; an ordered one stops', async () => {
    const writes = [1, 1, 2, 2, 3].map((_id) => ({ insertOne: { document: { _id } } }));
    const unordered = {
      code: 11000,
      insertedCount: 3,
      writeErrors: [
        { index: 1, code: 11000 },
        { index: 3, code: 11000 },
      ],
    };
    await expect(things().bulkWrite(writes, { ordered: false })).rejects.toMatchObject(unordered);
    await things().deleteMany({});
    await expect(things().bulkWrite(writes)).rejects.toMatchObject({ code: 11000, insertedCount: 1, writeErrors: [{ index: 1 }] });
    expect(await things().countDocuments()).toBe(1);
  });

  test('a unique index is not made over doubles, nor the same name twice with other keys', async () => {
    await things().insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
    ]);
    await expect(things().createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000, keyValue: { a: 1 } });
    expect((await things().indexes()).map((index) => index.name)).toEqual(['_id_']);
    await things().createIndex({ a: 1 }, { name: 'mine' });
    await expect(things().createIndex({ b: 1 }, { name: 'mine' })).rejects.toMatchObject({ code: 86 });
    await expect(things().createIndex({ a: 1 }, { name: 'other' })).rejects.toMatchObject({ code: 85 });
    await expect(things().dropIndex('none')).rejects.toMatchObject({ code: 27 });
  });

  test.each<[string, object, number]>([
    ['an unknown command', { nonsense: 1 }, 59],
    ['an unknown operator in a filter', { find: 'things', filter: { a: { $nonsense: 1 } } }, 2],
    ['an unknown operator at the top of a filter', { find: 'things', filter: { $nonsense: 1 } }, 2],
    ['an unknown stage', { aggregate: 'things', pipeline: [{ $nonsense: 1 }], cursor: {} }, 40324],
    ['an aggregation without a cursor', { aggregate: 'things', pipeline: [] }, 9],
    ['a cursor that is not there', { getMore: mongoose.mongo.BSON.Long.fromNumber(4711), collection: 'things' }, 43],
    ['a filter that is no document', { find: 'things', filter: 1 }, 14],
    ['the indexes of a collection that is not there', { listIndexes: 'nowhere' }, 26],
  ])('%s', async (_, command, code) => {
    await expect(server.db.command(command)).rejects.toMatchObject({ code });
  });

  test('an update with an unknown operator, of an immutable _id, of a wrong type, of two ways at once', async () => {
    await things().insertOne({ _id: 1, a: 'text' });
    // Wrong on purpose; the driver's types allow right ones only.
    const change = (update: object) => things().updateOne({ _id: 1 }, update as Record<string, never>);
    await expect(change({ $nonsense: { a: 1 } })).rejects.toMatchObject({ code: 9 });
    await expect(change({ $set: { _id: 2 } })).rejects.toMatchObject({ code: 66 });
    await expect(change({ $inc: { a: 1 } })).rejects.toMatchObject({ code: 14 });
    await expect(change({ $push: { a: 1 } })).rejects.toMatchObject({ code: 2 });
    await expect(change({ $set: { a: 1 }, $inc: { a: 1 } })).rejects.toMatchObject({ code: 40 });
    await expect(change({ $set: { 'a.b': 1 } })).rejects.toMatchObject({ code: 28 });
    expect(await things().findOne()).toEqual({ _id: 1, a: 'text' });
  });

  test('transactions and change streams, as a server alone does, with nothing half done', async () => {
    const session = server.client.startSession();
    const inside = session.withTransaction(() => things().insertOne({ _id: 1 }, { session }));
    // The driver puts advice of its own in front of this answer.
    await expect(inside).rejects.toMatchObject({ originalError: { code: 20 } });
    await session.endSession();
    await expect(things().watch().tryNext()).rejects.toMatchObject({ code: 40573 });
    expect(await things().countDocuments()).toBe(0);
  });
});
