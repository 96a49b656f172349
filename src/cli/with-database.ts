import mongoose from 'mongoose';
import { type Config, readConfig } from '../config.ts';

/** Connects as the app does, runs, disconnects. */
export async function withDatabase<T>(run: (config: Config) => Promise<T>): Promise<T> {
  const config = readConfig();
  await mongoose.connect(config.MONGODB_URI, { serverSelectionTimeoutMS: 5000 });
  try {
    await Promise.all(Object.values(mongoose.models).map((model) => model.init()));
    return await run(config);
  } finally {
    await mongoose.disconnect();
  }
}
