import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import '../../src/app.ts';
import { migrate } from '../../src/programme/migrations/migrate.ts';
import { useMongo } from '../support/mongo.ts';
import { contentsOf, fillFrom, storedDocuments } from '../support/stored-data.ts';

useMongo();
const db = () => mongoose.connection.getClient().db(mongoose.connection.name);
const modelOf = (collection: string) => Object.values(mongoose.models).find((model) => model.collection.name === collection);

/** Every path of a schema and of the schemas of its parts. */
function pathsOf(schema: mongoose.Schema, above = ''): { path: string; instance: string }[] {
  return Object.entries(schema.paths).flatMap(([name, type]) => {
    const path = `${above}${name}`;
    const inner = 'schema' in type && type.schema instanceof mongoose.Schema ? pathsOf(type.schema, `${path}.`) : [];
    return [{ path, instance: type.instance }, ...inner];
  });
}

test('only what the audit log records of anything has no schema', () => {
  const free = Object.values(mongoose.models).flatMap(({ schema, collection }) =>
    pathsOf(schema)
      .filter(({ instance }) => instance === 'Mixed')
      .map(({ path }) => `${collection.name}.${path}`),
  );
  const records = free.filter((path) => !/^audit\.(before|after)$|\.trail\.(before|after)$/.test(path));
  expect(records).toEqual([]);
});

test('what was stored goes through the schemas of today and comes out the same', async () => {
  await fillFrom(db(), 'outreach');
  await migrate(db());
  const before = await contentsOf(db());
  const names = [...storedDocuments('outreach').keys()];
  const stored = await Promise.all(names.map(async (name) => [name, await db().collection(name).find({}).toArray()] as const));
  await Promise.all(Object.values(mongoose.models).map((model) => model.deleteMany({})));
  for (const [collection, documents] of stored) {
    const model = modelOf(collection);
    if (!model) throw new Error(`no model for ${collection}`);
    await model.create(documents);
  }
  const written = await contentsOf(db());
  // Numbers and dates keep their types; the order of fields is the schema's.
  const read = (lines: string[] | undefined) => (lines ?? []).map((line) => JSON.parse(line));
  for (const name of names) expect([name, read(written[name])]).toEqual([name, read(before[name])]);
});

test.each([
  ['drafts', { status: 'posted' }],
  ['drafts', { 'contact.basis': 'guessed' }],
  ['drafts', { hold: { why: 'mood', until: new Date(0), said: '' } }],
  ['threads', { status: 'sleeping' }],
  ['threads', { end: { because: 'rain', by: 'U1', at: new Date(0) } }],
  ['replies', { kind: 'maybe' }],
  ['researches', { status: 'resting' }],
  ['researches', { 'steps.0.status': 'lost' }],
  ['companies', { 'decision.kind': 'perhaps' }],
  ['suppressions', { reason: 'whim' }],
  ['weights', { type: 'friend' }],
  ['styles', { tone: 'loud' }],
])('%s: no change brings in %j', async (collection, change) => {
  await fillFrom(db(), 'outreach');
  const model = modelOf(collection);
  const before = await contentsOf(db());
  await expect(model?.updateOne({}, { $set: change }).exec()).rejects.toThrow(mongoose.Error.ValidationError);
  await expect(model?.findOneAndUpdate({}, { $set: change }).exec()).rejects.toThrow(mongoose.Error.ValidationError);
  await expect(model?.updateOne({}, { $set: { ...change, unheardOf: 1 } }).exec()).rejects.toThrow();
  expect(await contentsOf(db())).toEqual(before);
});
