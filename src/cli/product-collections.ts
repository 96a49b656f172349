import mongoose from 'mongoose';
// Brings every model of the product in: what the app stores, an archive holds.
import '../app.ts';

/** Work under way and its schedule: the next start makes it anew, and sweeps find what it left. Source: `createScheduler`. */
export const JOBS = 'jobs';

/** Where the product's data is, by its mongoose models. */
export function productCollections(): string[] {
  return [...new Set(Object.values(mongoose.models).map((model) => model.collection.name))].sort();
}
