import { setTimeout as pause } from 'node:timers/promises';
import { addSeconds } from 'date-fns';
import type mongoose from 'mongoose';
import { CommandError } from '../../errors.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';
import {
  claimMigration,
  findSchemaVersion,
  finishMigration,
  keepMigration,
  openSchemaVersion,
  releaseMigration,
} from './schema-version-repository.ts';

type Db = mongoose.mongo.Db;

/** A process that has not been heard of for so long is taken for dead, and its migration is begun again. */
const LEASE_SECONDS = 15;
/** How often a process that waits for another one looks again. */
const LOOK_MS = 200;
/** More than a day of waiting for another process. */
const MOST_LOOKS = 500_000;

/** The data cannot be used by this programme. */
export class NewerData extends CommandError {}

/** Hears of each migration that this process has run: to which version, and how many documents it changed. */
export type OnMigrated = (done: { version: number; what: string; changed: number }) => void;

/** Brings stored data of every earlier version to the shape that this programme reads, one migration after the other, before anything else
 *  reads it. Of several processes one works and the others wait; whoever is killed half-way is followed by the next, which begins that
 *  migration again. Throws `NewerData`, and changes nothing, when a newer programme has written here. */
export async function migrate(
  db: Db,
  onMigrated: OnMigrated = () => {},
  { migrations = MIGRATIONS, now = () => new Date() }: { migrations?: readonly Migration[]; now?: () => Date } = {},
): Promise<void> {
  await openSchemaVersion(db, now());
  // Each round sees the version rise, or waits for a lease that its holder keeps or loses.
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const version = (await findSchemaVersion(db))?.version ?? 0;
    demandKnown(version, migrations.length);
    const next = migrations[version];
    if (!next) return;
    const claim = await claimMigration(db, version, now(), addSeconds(now(), LEASE_SECONDS));
    if (claim) await run(db, next, { claim, to: version + 1, now, onMigrated });
    else await pause(LOOK_MS);
  }
  throw new Error('Another process has been changing the stored data for more than a day. Stop it, and start again.');
}

/** Throws `NewerData` for data of a version beyond those that this programme knows. */
export function demandKnown(version: number, known = MIGRATIONS.length): void {
  if (version <= known) return;
  throw new NewerData(
    `The data was written by a newer version of the programme (its shape is number ${version}; this one reads up to ${known}). Start the newer programme, or restore an export from before the update into an empty database.`,
  );
}

type Turn = { claim: { fence: number }; to: number; now: () => Date; onMigrated: OnMigrated };

async function run(db: Db, { what, up }: Migration, { claim, to, now, onMigrated }: Turn): Promise<void> {
  const keep = () => void keepMigration(db, claim, addSeconds(now(), LEASE_SECONDS)).catch(() => undefined);
  // A renewal that fails is made up for by the next; if all do, another process begins the same again, which does no harm.
  const kept = setInterval(keep, (LEASE_SECONDS * 1000) / 4);
  try {
    const changed = await up(db, now());
    if (await finishMigration(db, claim, to, now())) onMigrated({ version: to, what, changed });
  } catch (error) {
    await releaseMigration(db, claim).catch(() => undefined);
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The stored data could not be brought to version ${to} (this ${what}). Nothing is lost: mend the cause and start again.\n${said}`,
      { cause: error },
    );
  } finally {
    clearInterval(kept);
  }
}
