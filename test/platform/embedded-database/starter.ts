import { createInterface } from 'node:readline';
import { MongoClient } from 'mongodb';
import { startEmbeddedDatabase } from '../../../src/platform/embedded-database/index.ts';

/** Says `owner` or `second`; then inserts each line it is told and says `ok`, or the error's name. Run by `takeover.test.ts`. */
const { uri, owner, stop } = await startEmbeddedDatabase(process.argv[2] ?? '');
const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 20_000 });
const things = client.db('takeover').collection<{ _id: string }>('things');
process.stdout.write(owner ? 'owner\n' : 'second\n');
for await (const line of createInterface(process.stdin)) {
  const outcome = await things.insertOne({ _id: line }).then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.name : 'error'),
  );
  process.stdout.write(`${outcome}\n`);
}
// The end of its input asks it to stop.
await client.close();
await stop();
