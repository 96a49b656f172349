import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { databaseUri } from './database-uri.ts';

/** Connects this test file to a database of its own, emptied after each test unless `keeps`, and dropped at the end. Returns its
 *  URI. What is emptied are the models that this process has loaded, of other files too: a file whose tests go on with one app in a process of its
 *  own needs `keeps`. */
export function useMongo({ keeps = false }: { keeps?: boolean } = {}): { uri: string } {
  const uri = databaseUri(process.env.TEST_SERVER_URI ?? '', `test-${randomUUID().slice(0, 8)}`);
  beforeAll(async () => {
    await mongoose.connect(uri);
    await Promise.all(Object.values(mongoose.models).map((model) => model.createIndexes()));
  });
  afterEach(async () => {
    if (keeps) return;
    await Promise.all(Object.values(mongoose.models).map((model) => model.deleteMany({})));
  });
  afterAll(async () => {
    await mongoose.connection.dropDatabase();
    await mongoose.disconnect();
  });
  return { uri };
}
