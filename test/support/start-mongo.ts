import { startMongo } from './mongo-server.ts';

/** One MongoDB server for the whole run; each test file takes a database of its own on it (see `mongo.ts`). */
export default async function startMongoOnce(): Promise<void> {
  const server = await startMongo();
  process.env.TEST_MONGODB_URI = server.uri;
  Object.assign(globalThis, { stopTestMongo: server.stop });
}
