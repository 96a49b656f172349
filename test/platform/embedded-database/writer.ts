import { MongoClient } from 'mongodb';
import { startEmbeddedDatabase } from '../../../src/platform/embedded-database/index.ts';

/** What is acknowledged: the counter `id` stands at `count` or higher, the three of `batch` are there, and those of `gone` are not. */
export type Said = { id: string; count: number; batch: string; gone: string };
type Thing = { _id: string; batch: string; tags: string[]; count: number };

/** Three clients write until the process is killed. Each says on standard output, a line a round, what was acknowledged; run by
 *  `kill.test.ts`. */
const [folder = '', run = ''] = process.argv.slice(2);
const { uri } = await startEmbeddedDatabase(folder);

async function writeOn(worker: string): Promise<never> {
  const client = await MongoClient.connect(uri);
  const things = client.db('kill').collection<Thing>('things');
  await things.createIndexes([{ key: { tags: 1 } }, { key: { batch: 1, count: -1 } }]);
  for (let step = 0; ; step++) {
    const id = `${run}-${worker}-${step % 20}`;
    const change = { $set: { batch: '', tags: [`t${step}`, worker] }, $inc: { count: 1 } };
    const after = await things.findOneAndUpdate({ _id: id }, change, { upsert: true, returnDocument: 'after' });
    const [batch, gone] = [`${run}-${worker}-b${step}`, step % 2 === 1 ? `${run}-${worker}-b${step - 1}` : ''];
    await things.insertMany([0, 1, 2].map((part) => ({ _id: `${batch}-${part}`, batch, tags: ['bulk', `p${part}`], count: part })));
    if (gone) await things.deleteMany({ batch: gone });
    const said: Said = { id, count: after?.count ?? 0, batch, gone };
    process.stdout.write(`${JSON.stringify(said)}\n`);
  }
}
for (const worker of ['a', 'b', 'c']) void writeOn(worker);
