import mongoose from 'mongoose';
import { type Config, readConfig } from '../config.ts';
import { CommandError } from '../errors.ts';
import { openDatabase } from '../platform/connect-database.ts';
import { migrate } from '../programme/migrations/migrate.ts';
import { listWorkspaceIds } from '../programme/workspaces/workspace-repository.ts';
import '../app.ts';

/** Connects and migrates as the app does, runs, disconnects. `prepare` is something else to do with the data as it is stored. */
export async function withDatabase<T>(
  run: (config: Config) => Promise<T>,
  prepare: (db: mongoose.mongo.Db) => Promise<void> = (db) => migrate(db),
): Promise<T> {
  const { config, close } = await openDatabase(readConfig(), { timeoutMs: 5000, prepare });
  try {
    return await run(config);
  } finally {
    await close();
  }
}

/** The workspace an operator means: the one named, else the only one. Throws a CommandError that says what to add. */
export async function chooseWorkspace(named: string | undefined): Promise<string | null> {
  const connected = await listWorkspaceIds();
  if (named && !connected.includes(named)) {
    throw new CommandError(`The workspace ${named} is not connected. Connected: ${connected.join(', ') || 'none yet'}.`);
  }
  if (named) return named;
  if (connected.length > 1)
    throw new CommandError(`Several workspaces are connected; add --workspace and one of: ${connected.join(', ')}.`);
  return connected[0] ?? null;
}

/** Work under way, of no use elsewhere. Jobs and their schedule: the next start makes them anew, and sweeps find what they left; `createScheduler`
 *  says the name. Which events of Slack were taken: MongoDB forgets them by itself, also in the middle of a restore. */
export const UNDER_WAY = ['jobs', 'taken-events'];

/** Where the product's data is, by its mongoose models. */
export function productCollections(): string[] {
  const names = new Set(Object.values(mongoose.models).map((model) => model.collection.name));
  return [...names].filter((name) => !UNDER_WAY.includes(name)).sort();
}
