import mongoose from 'mongoose';
import type { Config } from '../config.ts';

const DATABASE = 'partnerships';

/** No server answers at the address. */
export class DatabaseSilent extends Error {
  constructor(cause: Error) {
    super('The database does not answer. Start MongoDB, or correct MONGODB_URI; `npm run -s cli -- doctor` checks the rest.', { cause });
  }
}

/** Called with the database before anything else reads it or an index is made. */
type Prepare = (db: mongoose.mongo.Db) => Promise<void>;

/** Connects to the server of MONGODB_URI; without one, to the embedded database in DATA_DIR, started here unless another process runs it.
 *  `config` is the given one with the address that was used, for agenda's own connection. Close after everything else has stopped. */
export async function openDatabase(
  config: Config,
  { timeoutMs, prepare }: { timeoutMs?: number; prepare: Prepare },
): Promise<{ config: Config; embedded: boolean; close: () => Promise<void> }> {
  const { uri, stop } = config.MONGODB_URI ? { uri: config.MONGODB_URI, stop: async () => {} } : await startEmbedded(config.DATA_DIR);
  const close = async () => {
    await mongoose.disconnect();
    await stop();
  };
  try {
    await connectDatabase(uri, prepare, timeoutMs);
  } catch (error) {
    await close();
    throw error;
  }
  return { config: { ...config, MONGODB_URI: uri }, embedded: !config.MONGODB_URI, close };
}

/** Loaded only here: with MONGODB_URI set, nothing of the embedded database is read. */
async function startEmbedded(folder: string): Promise<{ uri: string; stop: () => Promise<void> }> {
  const { startEmbeddedDatabase } = await import('./embedded-database/index.ts');
  const { uri, stop } = await startEmbeddedDatabase(folder);
  return { uri: `${uri}/${DATABASE}`, stop };
}

/** Connects mongoose and waits for the indexes: the unique ones keep doubles out, so they must stand before the first write.
 *  Throws a sentence for the operator when no server answers within `timeoutMs`; the same limit holds for every later query. */
async function connectDatabase(uri: string, prepare: Prepare, timeoutMs = 2000): Promise<void> {
  try {
    // Collections and indexes come after `prepare`, which may refuse the data; and a unique index may not fit what was stored before.
    await mongoose.connect(uri, { serverSelectionTimeoutMS: timeoutMs, autoCreate: false, autoIndex: false });
  } catch (cause) {
    if (!(cause instanceof mongoose.Error.MongooseServerSelectionError)) throw cause;
    throw new DatabaseSilent(cause);
  }
  await prepare(productDatabase());
  await Promise.all(Object.values(mongoose.models).map((model) => model.createIndexes()));
}

/** The database that mongoose is connected to, without schemas. */
export function productDatabase(): mongoose.mongo.Db {
  return mongoose.connection.getClient().db(mongoose.connection.name);
}
