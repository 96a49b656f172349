import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type StartedServer = { uri: string; stop: () => Promise<void> };

/** The embedded engine in a folder that is gone afterwards. */
export async function startTemporaryDatabase(): Promise<StartedServer> {
  // Loaded only where it is used: a run on a real server needs nothing of it.
  const { startEmbeddedDatabase } = await import('../../src/platform/embedded-database/index.ts');
  // A short name: the path of a Unix socket has at most 107 bytes.
  const folder = await mkdtemp(join(tmpdir(), 'prm-'));
  const { uri, stop } = await startEmbeddedDatabase(folder);
  return {
    uri,
    stop: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
