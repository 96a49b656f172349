import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { applyPage } from './apply-page.ts';
import type { Applied } from './mirror-change.ts';
import { type CrmFile, type FileObject, ownersIn, readCrmFile } from './read-crm-file.ts';
import { noteFile } from './sync-repository.ts';

type Given = { bytes: Uint8Array; name: string; object: FileObject; by: string; importId: string };

/** Takes a file over into the mirror; what is not in it stays as it is. Refuses what `readCrmFile` refuses. `at`: when the file was brought. */
export async function importCrmFile(
  workspaceId: string,
  { bytes, name, object, by, importId }: Given,
  { at, now }: { at: Date; now: Date },
): Promise<{ file: CrmFile<FileObject>; applied: Applied }> {
  const { file, applied } = await previewCrmFile(workspaceId, { bytes, name, object }, { at, dry: false });
  const { added, changed } = applied;
  await noteFile(workspaceId, object, { read: file.records.length, added, changed, deleted: 0, unread: file.unread }, now);
  const subject = `crm-file:${importId}`;
  await recordAudit({ id: subject, workspaceId, at: now, by, action: 'crm.import', subject, after: { object, added, changed } });
  return { file, applied };
}

/** As `importCrmFile`, without storing anything when `dry`. */
export async function previewCrmFile(
  workspaceId: string,
  { bytes, name, object }: Pick<Given, 'bytes' | 'name' | 'object'>,
  { at, dry = true }: { at: Date; dry?: boolean },
): Promise<{ file: CrmFile<FileObject>; applied: Applied }> {
  const file = await readCrmFile(bytes, name, object, at);
  const whose = { workspaceId, source: 'csv' } as const;
  const nothing = { deleted: [], merged: [] };
  // First, so that whoever is to be warned of what follows is on file.
  await applyPage(whose, 'owners', { records: ownersIn(file.records, at), ...nothing }, { at, dry });
  return { file, applied: await applyPage(whose, object, { records: file.records, ...nothing }, { at, dry }) };
}
