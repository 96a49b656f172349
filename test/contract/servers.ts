import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll } from 'vitest';
import { databaseUri } from '../support/database-uri.ts';
import { type StartedServer, startTemporaryDatabase } from '../support/temporary-database.ts';

type MongoClient = mongoose.mongo.MongoClient;
export type ServerName = 'mongod' | 'the embedded engine';

/** The same expectations hold on each of these. Without a real server the engine is held to the written ones alone. */
export const SERVERS: ServerName[] =
  process.env.TEST_SERVER_KIND === 'embedded' ? ['the embedded engine'] : ['mongod', 'the embedded engine'];

export type Connected = { readonly uri: string; readonly client: MongoClient; readonly db: mongoose.mongo.Db };

/** A database of its own on one of the servers, for the tests of a `describe`. */
export function useServer(name: ServerName): Connected {
  const database = `contract-${randomUUID().slice(0, 8)}`;
  let open: { server: StartedServer; client: MongoClient } | undefined;
  const opened = () => {
    if (!open) throw new Error('the server is there while tests run');
    return open;
  };
  beforeAll(async () => {
    const server = await startServer(name);
    open = { server, client: await mongoose.mongo.MongoClient.connect(databaseUri(server.uri, database)) };
  });
  afterAll(async () => {
    await opened().client.db(database).dropDatabase();
    await opened().client.close();
    await opened().server.stop();
  });
  return {
    get uri() {
      return databaseUri(opened().server.uri, database);
    },
    get client() {
      return opened().client;
    },
    get db() {
      return opened().client.db(database);
    },
  };
}

/** The same with mongoose connected to it and every index of the product in place. */
export function useModels(name: ServerName): Connected {
  const server = useServer(name);
  beforeAll(async () => {
    await mongoose.connect(server.uri);
    await mongoose.syncIndexes();
  });
  afterAll(() => mongoose.disconnect());
  return server;
}

async function startServer(name: ServerName): Promise<StartedServer> {
  if (name === 'the embedded engine' && process.env.TEST_SERVER_KIND !== 'embedded') return startTemporaryDatabase();
  return { uri: process.env.TEST_SERVER_URI ?? '', stop: async () => {} };
}
