import mongoose from 'mongoose';
import { type Config, readConfig } from '../config.ts';
import { connectDatabase } from '../connect-database.ts';

/** Connects as the app does, runs, disconnects. */
export async function withDatabase<T>(run: (config: Config) => Promise<T>): Promise<T> {
  const config = readConfig();
  await connectDatabase(config.MONGODB_URI, 5000);
  try {
    return await run(config);
  } finally {
    await mongoose.disconnect();
  }
}
