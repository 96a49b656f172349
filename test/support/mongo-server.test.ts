import { expect, test } from '@jest/globals';
import { databaseUri } from './database-uri.ts';
import { chooseTestServer } from './mongo-server.ts';

const silent = () => {};

test('a server that is named comes before all others and is left running', async () => {
  const env = { TEST_MONGODB_URI: 'mongodb://127.0.0.1:1', MONGOMS_SYSTEM_BINARY: '/nowhere/mongod', PATH: '' };
  const server = await chooseTestServer(env, { say: silent });
  expect(server).toMatchObject({ uri: 'mongodb://127.0.0.1:1', kind: 'mongodb' });
  await server.stop();
});

test.each([
  ['mongodb://127.0.0.1:27017/', 'mongodb://127.0.0.1:27017/new'],
  ['mongodb://%2Ftmp%2Fa.sock', 'mongodb://%2Ftmp%2Fa.sock/new'],
  ['mongodb://u:p@a:1,b:2/old?authSource=admin', 'mongodb://u:p@a:1,b:2/new?authSource=admin'],
  ['mongodb+srv://x.example?tls=true', 'mongodb+srv://x.example/new?tls=true'],
])('%s with another database', (server, expected) => {
  expect(databaseUri(server, 'new')).toBe(expected);
});
