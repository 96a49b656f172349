import { type Config, readConfig } from '../config.ts';
import { openDatabase } from '../platform/connect-database.ts';

/** Connects as the app does, runs, disconnects. */
export async function withDatabase<T>(run: (config: Config) => Promise<T>): Promise<T> {
  const { config, close } = await openDatabase(readConfig(), 5000);
  try {
    return await run(config);
  } finally {
    await close();
  }
}
