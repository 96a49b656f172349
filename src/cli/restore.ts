import mongoose from 'mongoose';
import { restoreArchive } from '../platform/archive/restore-archive.ts';
import { countTokens } from '../programme/workspaces/workspace-repository.ts';
import { tokenAdvice } from './export.ts';
import { JOBS, productCollections } from './product-collections.ts';
import { withDatabase } from './with-database.ts';

type Print = (line: string) => void;

/** `restore DIR`: an export into an empty database, read back and compared; progress on standard error. */
export async function runRestore(folder: string, print: Print, note: Print): Promise<void> {
  await withDatabase(async () => {
    const db = mongoose.connection.getClient().db(mongoose.connection.name);
    const { collections, exportedAt } = await restoreArchive(db, folder, {
      known: productCollections(),
      ignored: [JOBS],
      onProgress: ({ collection, done }) => note(`${collection}: ${done} documents`),
    });
    for (const { collection, documents, sha256 } of collections)
      print(`${collection.padEnd(12)} ${String(documents).padStart(9)}  ${sha256}`);
    print(`Restored as it was at ${exportedAt}. Read back: every count and checksum agrees with the archive.`);
    print(tokenAdvice((await countTokens()).sealed));
  });
}
