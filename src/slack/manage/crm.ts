import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { CRM_TITLE, crmFileCheck, crmPage, crmUploadForm } from '../../../blocks/manage/crm-page.ts';
import { dryRunCrmJob } from '../../../jobs/manage/dry-run-crm.ts';
import { importCrmFileJob } from '../../../jobs/manage/import-crm-file.ts';
import { syncCrmJob } from '../../../jobs/manage/sync-crm.ts';
import type { Deps } from '../../deps.ts';
import { crmOf } from '../../manage/crm/connect-crm.ts';
import { readStanding } from '../../manage/crm/crm-standing.ts';
import { previewCrmFile } from '../../manage/crm/import-crm-file.ts';
import { FILE_OBJECTS } from '../../manage/crm/read-crm-file.ts';
import { watchSync } from '../../manage/crm/sync-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { downloadFile } from '../download-file.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, Caller, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal, pushModal } from '../modal.ts';

const UPLOAD_TITLE = 'Upload CSV';

export async function demandManager(args: Caller, { now }: Pick<Deps, 'now'>, action = 'crm.open'): Promise<Actor> {
  const actor = await resolveActor(args);
  await authorise(actor, 'manager', { action, subject: 'crm:all', at: now() });
  return actor;
}

/** `/partners crm`: what is connected, when it was read and what needs a look. */
export async function openCrm(args: Caller & Parameters<typeof openModal>[0], triggerId: string, deps: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, CRM_TITLE);
  const { workspaceId } = await demandManager(args, deps);
  await fillModal(args.client, opened, crmPage(await readStanding(workspaceId, deps)));
}

/** *Sync Now*: the run is shown to whoever asked, in their direct messages. */
export const onSyncCrm =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, CRM_TITLE);
    const { workspaceId, userId } = await demandManager(args, deps, 'crm.sync');
    const adapter = await crmOf(workspaceId, deps);
    if (!adapter) return fillModal(args.client, opened, noticeModal(CRM_TITLE, NOT_CONNECTED));
    await watchSync(workspaceId, adapter.source, { userId, key: `crm-sync:${randomUUID()}` });
    await deps.enqueue(syncCrmJob, { workspaceId });
    await fillModal(args.client, opened, noticeModal(CRM_TITLE, 'Reading the CRM. I show the progress in our direct messages.'));
  };

const NOT_CONNECTED = 'No CRM is connected any more. Ask your operator for a token, or upload a file.';

/** *Dry Run*: told in direct messages; nothing is stored. */
export const onDryRunCrm =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, CRM_TITLE);
    const { workspaceId, userId } = await demandManager(args, deps, 'crm.sync');
    if (!(await crmOf(workspaceId, deps))) return fillModal(args.client, opened, noticeModal(CRM_TITLE, NOT_CONNECTED));
    await deps.enqueue(dryRunCrmJob, { workspaceId, userId, key: `crm-dry:${randomUUID()}` });
    const words = 'Looking what would change. I tell you in our direct messages; nothing is stored.';
    await fillModal(args.client, opened, noticeModal(CRM_TITLE, words));
  };

export const onOpenCrmUpload =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, UPLOAD_TITLE);
    await demandManager(args, deps, 'crm.import');
    await fillModal(args.client, opened, crmUploadForm());
  };

const UploadForm = z.object({
  object: z.enum(FILE_OBJECTS, 'Say what is in the file'),
  file: z.array(z.object({ id: z.string(), name: z.string().default('file') }), 'Choose a file').min(1, 'Choose a file'),
});
const Upload = z.object({ fileId: z.string(), fileName: z.string(), object: z.enum(FILE_OBJECTS) });

/** Reads the file and shows what it would change; nothing is stored. Refuses what `readCrmFile` refuses. */
export const onReadCrmFile =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, client, view } = args;
    const form = UploadForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, UPLOAD_TITLE);
    const { workspaceId } = await demandManager(args, deps, 'crm.import');
    const { object, file } = form.data;
    const upload = { fileId: file[0]?.id ?? '', fileName: file[0]?.name ?? 'file', object };
    const bytes = await downloadFile(client, upload.fileId);
    const read = await previewCrmFile(workspaceId, { bytes, name: upload.fileName, object }, { at: deps.now() });
    await fillModal(client, opened, crmFileCheck(upload, read.file, read.applied));
  };

export const onImportCrmFile =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const upload = carried(Upload, args.view.private_metadata);
    const opened = await keepOpen(args, UPLOAD_TITLE);
    const { workspaceId, userId } = await demandManager(args, deps, 'crm.import');
    await deps.enqueue(importCrmFileJob, { workspaceId, userId, importId: randomUUID(), ...upload, at: deps.now() });
    await fillModal(args.client, opened, noticeModal(UPLOAD_TITLE, 'Taking it over. I show the result in our direct messages.'));
  };
