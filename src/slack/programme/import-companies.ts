import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { importConfirm } from '../../../blocks/programme/import-forms.ts';
import { importCompanies } from '../../../jobs/programme/import-companies.ts';
import type { Deps } from '../../deps.ts';
import { readCompanyFile } from '../../programme/companies/read-companies.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { downloadFile } from '../download-file.ts';
import { formErrors, formValues } from '../form.ts';
import type { ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, type OpenedModal } from '../modal.ts';

const ImportForm = z
  .object({ file: z.array(z.object({ id: z.string(), name: z.string().default('file') })).default([]), domains: z.string().default('') })
  .refine(({ file, domains }) => file.length > 0 || domains.trim() !== '', {
    path: ['domains'],
    message: 'Choose a file or paste web domains',
  })
  .refine(({ file, domains }) => file.length === 0 || domains.trim() === '', {
    path: ['domains'],
    message: 'One of the two: a file, or pasted domains',
  });

export const FileSource = z.object({ fileId: z.string(), fileName: z.string() });
export type FileSource = z.infer<typeof FileSource>;

/** Pasted domains are imported at once; a file is read first and its columns shown for confirmation. */
export const onReadImport =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, client, view } = args;
    const form = ImportForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    await keepOpen(args, 'Import companies');

    const actor = await resolveActor(args);
    await authorise(actor, 'manager', { action: 'companies.import', subject: 'import:file', at: deps.now() });
    const [file] = form.data.file;
    if (!file) return startImport(args, actor, { domains: form.data.domains }, deps);
    await showColumns(client, view, { fileId: file.id, fileName: file.name }, deps.now());
  };

/** Reads a file somebody gave us in Slack and shows what was understood, before anything is stored. Refuses `file-unreadable`. */
export async function showColumns(client: WebClient, opened: Pick<OpenedModal, 'id'>, source: FileSource, at: Date): Promise<void> {
  const { columns, rows } = await readCompanyFile(await downloadFile(client, source.fileId), source.fileName, at);
  await fillModal(client, opened, importConfirm(source, columns, rows));
}

export const onStartImport =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { view } = args;
    await keepOpen(args, 'Import companies');
    const actor = await resolveActor(args);
    await authorise(actor, 'manager', { action: 'companies.import', subject: 'import:file', at: deps.now() });
    await startImport(args, actor, FileSource.parse(JSON.parse(view.private_metadata)), deps);
  };

async function startImport(
  { client, view }: ViewSubmission,
  actor: Actor,
  source: FileSource | { domains: string },
  { enqueue }: Deps,
): Promise<void> {
  await enqueue(importCompanies, { workspaceId: actor.workspaceId, importId: randomUUID(), by: actor.userId, source });
  await fillModal(client, view, noticeModal('Import companies', 'Importing. I show the progress and the result in our direct messages.'));
}
