/** A process that migrates the database of MONGODB_URI as the app does when it starts, and prints which migrations it ran. Environment: AT,
 *  the time it believes it is, and DIE_AT: it kills itself before its n-th write of a document. */
import mongoose from 'mongoose';
import { migrate } from '../../src/programme/migrations/migrate.ts';

const { MONGODB_URI = '', AT = '', DIE_AT = 'never' } = process.env;
const client = await mongoose.mongo.MongoClient.connect(MONGODB_URI);

let left = Number(DIE_AT);
const { updateOne } = mongoose.mongo.Collection.prototype;
mongoose.mongo.Collection.prototype.updateOne = function (...given) {
  // The migrations' own bookkeeping does not count.
  if (this.collectionName !== 'schemaversions') left -= 1;
  // SIGKILL: no handler runs, nothing is flushed.
  if (left === 0) process.kill(process.pid, 'SIGKILL');
  return updateOne.apply(this, given);
};

process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
const now = () => new Date(AT);
await migrate(client.db(), ({ version, changed }) => process.stdout.write(`${version} ${changed}\n`), { now });
await client.close();
process.exit(0);
