import type mongoose from 'mongoose';
import { CommandError } from '../errors.ts';
import { firstDocument, restoreArchive } from '../platform/archive/restore-archive.ts';
import { writeArchive } from '../platform/archive/write-archive.ts';
import { productDatabase } from '../platform/connect-database.ts';
import { demandKnown, migrate } from '../programme/migrations/migrate.ts';
import { SCHEMA_VERSIONS, SchemaVersion } from '../programme/migrations/schema-version-repository.ts';
import { countTokens } from '../programme/workspaces/workspace-repository.ts';
import { productCollections, UNDER_WAY, withDatabase } from './with-database.ts';

type Print = (line: string) => void;

/** `export DIR`: everything of the product in open formats; what was written on standard output, progress on standard error. */
export async function runExport({ folder, gzip }: { folder: string; gzip: boolean }, print: Print, note: Print): Promise<void> {
  await withDatabase(async () => {
    const { sealed, open } = await countTokens();
    if (open > 0)
      throw new CommandError(
        `${open} stored tokens are not sealed, so nothing was exported. Set TOKEN_KEY and let those workspaces install again.`,
      );
    const db = productDatabase();
    const collections = productCollections();
    const present = await db.listCollections({}, { nameOnly: true }).toArray();
    const others = present
      .map(({ name }) => name)
      .filter((name) => ![...collections, ...UNDER_WAY].includes(name) && !name.startsWith('system.'));
    if (others.length > 0) note(`Left out, because this programme does not know them: ${others.join(', ')}.`);
    const onProgress = ({ collection, done }: { collection: string; done: number }) => note(`${collection}: ${done} documents`);
    const manifest = await writeArchive(db, collections, folder, { gzip, at: new Date(), onProgress });
    for (const { collection, documents, sha256 } of manifest.collections)
      print(`${collection.padEnd(12)} ${String(documents).padStart(9)}  ${sha256}`);
    print(`Everything is in ${folder}. Changes made while it ran may be missing: stop the app first when every one counts.`);
    print(tokenAdvice(sealed));
  });
}

export function tokenAdvice(sealed: number): string {
  if (sealed === 0) return 'No Slack token is in the archive.';
  return `The Slack tokens of ${sealed} ${sealed === 1 ? 'workspace' : 'workspaces'} are in it, sealed. They open with the same TOKEN_KEY only, which is not in it: keep it apart.`;
}

/** `restore DIR`: an export into an empty database, read back and compared; progress on standard error. */
export async function runRestore(folder: string, print: Print, note: Print): Promise<void> {
  const restore = async (db: mongoose.mongo.Db) => {
    const archived = SchemaVersion.nullable()
      .catch(null)
      .parse(await firstDocument(folder, SCHEMA_VERSIONS));
    demandKnown(archived?.version ?? 0);
    const { collections, exportedAt } = await restoreArchive(db, folder, {
      known: productCollections(),
      ignored: UNDER_WAY,
      replaced: [SCHEMA_VERSIONS],
      onProgress: ({ collection, done }) => note(`${collection}: ${done} documents`),
    });
    for (const { collection, documents, sha256 } of collections)
      print(`${collection.padEnd(12)} ${String(documents).padStart(9)}  ${sha256}`);
    print(`Restored as it was at ${exportedAt}. Read back: every count and checksum agrees with the archive.`);
    await migrate(db, ({ what, changed }) => changed > 0 && print(`It is of an earlier version, so this ${what}: ${changed} changed.`));
  };
  // Before the indexes of today are made: data of an earlier version may not fit them until it is migrated.
  await withDatabase(async () => print(tokenAdvice((await countTokens()).sealed)), restore);
}
