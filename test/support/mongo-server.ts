import { MongoMemoryServer } from 'mongodb-memory-server-core';

/** Starts a real MongoDB server on a free port of 127.0.0.1: the binary MONGOMS_SYSTEM_BINARY names, else one that is downloaded once. */
export async function startMongo(): Promise<{ uri: string; stop: () => Promise<void> }> {
  if (process.env.MONGOMS_SYSTEM_BINARY) process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
  const server = await MongoMemoryServer.create({ instance: { ip: '127.0.0.1' } });
  return {
    uri: server.getUri().replace(/\/$/, ''),
    stop: async () => {
      await server.stop({ doCleanup: true });
    },
  };
}
