import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { addMinutes } from 'date-fns';
import mongoose from 'mongoose';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import '../../../src/app.ts';
import { migrate, NewerData } from '../../../src/programme/migrations/migrate.ts';
import { MIGRATIONS } from '../../../src/programme/migrations/migrations.ts';
import { findSchemaVersion } from '../../../src/programme/migrations/schema-version-repository.ts';
import { SERVERS, useModels } from '../../contract/servers.ts';
import { bundled } from '../../support/spawn-worker.ts';
import { contentsOf, fillFrom } from '../../support/stored-data.ts';

const AT = new Date('2027-01-04T09:00:00Z');
/** Long after the lease of a process that died. */
const LATER = addMinutes(AT, 5);

let script: string;
beforeAll(async () => {
  script = await bundled('migrate-worker');
});

type Worker = { child: ChildProcess; said: string[]; gone: Promise<unknown> };

/** A process that is connected and waits for the word. */
async function aWorker(uri: string, dieAt: number | 'never' = 'never'): Promise<Worker> {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, NODE_OPTIONS: '', MONGODB_URI: uri, AT: AT.toISOString(), DIE_AT: String(dieAt) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const gone = once(child, 'close');
  await once(lines, 'line');
  lines.on('line', (line) => said.push(line));
  return { child, said, gone };
}

const start = ({ child }: Worker) => child.stdin?.write('go\n');

/** All that is stored but what differs from run to run: ids of audit entries, tokens, and when it was migrated. */
async function shapesOf(db: mongoose.mongo.Db): Promise<unknown> {
  const chance = new RegExp(`"(id|optOutToken)":"[^"]*"|"(${AT.getTime()}|${LATER.getTime()})"`, 'g');
  const contents = await contentsOf(db);
  return Object.fromEntries(
    Object.entries(contents).map(([name, documents]) => [name, documents.map((one) => one.replaceAll(chance, '…'))]),
  );
}

describe.each(SERVERS)('migrations on %s', (name) => {
  const server = useModels(name);
  afterEach(() => Promise.all(Object.values(mongoose.models).map((model) => model.deleteMany({}))));

  test('of two processes that start at once one runs each migration, and both go on when all are through', async () => {
    await fillFrom(server.db, 'discovery');
    const workers = await Promise.all([aWorker(server.uri), aWorker(server.uri)]);
    for (const worker of workers) start(worker);
    await Promise.all(workers.map(({ gone }) => gone));
    expect(workers.map(({ child }) => child.exitCode)).toEqual([0, 0]);
    expect(workers.flatMap(({ said }) => said).sort()).toEqual(['1 10', '2 1', '3 12', '4 10', '5 0']);
    expect(await server.db.collection('threads').countDocuments()).toBe(10);
  });

  test('a process killed before any of its writes is followed by one that ends with the same', async () => {
    await fillFrom(server.db, 'discovery');
    await migrate(server.db, () => {}, { now: () => AT });
    const whole = await shapesOf(server.db);
    // Ten drafts with two writes each, then one entry of the suppression list.
    for (const dieAt of [1, 2, 11, 20, 21]) {
      await Promise.all(Object.values(mongoose.models).map((model) => model.deleteMany({})));
      await fillFrom(server.db, 'discovery');
      const worker = await aWorker(server.uri, dieAt);
      start(worker);
      await worker.gone;
      expect([dieAt, worker.child.signalCode]).toEqual([dieAt, 'SIGKILL']);
      expect((await findSchemaVersion(server.db))?.version).toBe(dieAt < 21 ? 0 : 1);
      await migrate(server.db, () => {}, { now: () => LATER });
      expect(await shapesOf(server.db)).toEqual(whole);
    }
  });

  test('two that run the same migration at once, as when one was taken for dead, do no harm', async () => {
    await fillFrom(server.db, 'discovery');
    const at = new Date();
    for (const { up } of MIGRATIONS) await Promise.all([up(server.db, at), up(server.db, at), up(server.db, at)]);
    expect(await server.db.collection('threads').countDocuments()).toBe(10);
    expect(await server.db.collection('threads').countDocuments({ live: true })).toBe(8);
    expect(await server.db.collection('suppressions').countDocuments()).toBe(1);
    expect(await server.db.collection('drafts').countDocuments({ 'trail.1': { $exists: true } })).toBe(0);
  });

  test('a migration that fails says so, keeps the version, and is begun again by the next start', async () => {
    const broken = [{ what: 'cannot work', up: () => Promise.reject(new Error('no room')) }];
    await expect(migrate(server.db, () => {}, { migrations: broken })).rejects.toThrow('could not be brought to version 1');
    expect(await findSchemaVersion(server.db)).toMatchObject({ version: 0 });
    await migrate(server.db);
    expect(await findSchemaVersion(server.db)).toMatchObject({ version: MIGRATIONS.length });
  });

  test('data of a newer programme is refused and left alone', async () => {
    await fillFrom(server.db, 'discovery');
    await server.db
      .collection<{ _id: string }>('schemaversions')
      .insertOne({ _id: 'schema', version: 99, fence: 7, leaseUntil: new Date(0), changedAt: new Date() } as { _id: string });
    const before = await contentsOf(server.db);
    await expect(migrate(server.db)).rejects.toThrow(NewerData);
    await expect(migrate(server.db)).rejects.toThrow('Start the newer programme');
    expect(await contentsOf(server.db)).toEqual(before);
    expect(await findSchemaVersion(server.db)).toMatchObject({ version: 99, fence: 7 });
  });
});
