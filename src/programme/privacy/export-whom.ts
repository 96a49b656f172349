import type { PersonalData } from './kept-data.ts';
import { gatherWhom } from './read-whom.ts';
import type { WhomKey } from './whom.ts';

/** Everything that is kept of somebody as readable JSON, by kind: records about them in full, of all others the passages that name them. */
export async function exportWhom(workspaceId: string, key: WhomKey, data: readonly PersonalData[], at: Date): Promise<Buffer> {
  const whom = await gatherWhom(workspaceId, key, data);
  const records: Record<string, unknown[]> = {};
  for (const part of data)
    for await (const { kind, isTheirs, shown } of part.find(whom)) {
      const name = isTheirs ? kind : `named in ${kind}`;
      records[name] = [...(records[name] ?? []), shown];
    }
  return Buffer.from(`${JSON.stringify({ about: key.value, exportedAt: at, records }, null, 2)}\n`);
}
