import { chooseTestServer } from './mongo-server.ts';

/** One server for the whole run; each test file takes a database of its own on it (see `mongo.ts`). Returns what stops it.
 *  TEST_SERVER_URI and TEST_SERVER_KIND are this run's answer to its workers; TEST_MONGODB_URI is what a person asks for. */
export default async function startMongoOnce(): Promise<() => Promise<void>> {
  const server = await chooseTestServer(process.env, { inMemory: true });
  process.env.TEST_SERVER_URI = server.uri;
  process.env.TEST_SERVER_KIND = server.kind;
  return server.stop;
}
