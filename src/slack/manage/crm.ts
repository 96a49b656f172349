import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import {
  CRM_TITLE,
  crmFileCheck,
  crmPage,
  crmUploadForm,
  NOT_A_COLLEAGUE,
  OWNERS_SHOWN,
  OWNERS_TITLE,
  ownerField,
  ownersForm,
} from '../../../blocks/manage/crm-page.ts';
import { dryRunCrmJob } from '../../../jobs/manage/dry-run-crm.ts';
import { importCrmFileJob } from '../../../jobs/manage/import-crm-file.ts';
import { syncCrmJob } from '../../../jobs/manage/sync-crm.ts';
import type { Deps } from '../../deps.ts';
import { crmOf } from '../../manage/crm/connect-crm.ts';
import { readStanding } from '../../manage/crm/crm-standing.ts';
import { previewCrmFile } from '../../manage/crm/import-crm-file.ts';
import { listOwners, nameOwner } from '../../manage/crm/mirror-repository.ts';
import { FILE_OBJECTS } from '../../manage/crm/read-crm-file.ts';
import { watchSync } from '../../manage/crm/sync-repository.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { isFullMember, resolveActor } from '../actor.ts';
import { downloadFile } from '../download-file.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type Caller, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal, ownModal, pushModal } from '../modal.ts';

const UPLOAD_TITLE = 'Upload CSV';

async function demandManager(args: Caller, { now }: Pick<Deps, 'now'>, action = 'crm.open'): Promise<Actor> {
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

const openOwners =
  (open: typeof pushModal) =>
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await open(args, OWNERS_TITLE);
    const { workspaceId } = await demandManager(args, deps, 'crm.owners');
    const from = z.coerce.number().int().min(0).catch(0).parse(args.action.value);
    await fillModal(args.client, opened, ownersForm({ ...(await listOwners(workspaceId, from, OWNERS_SHOWN)), from }));
  };

/** *Who Owners Are*, on top of the page; its own buttons turn it over in its place. */
export const onOpenOwners = openOwners((args, title) => (args.body.view?.callback_id ? ownModal(args, title) : pushModal(args, title)));
export const onNextOwners = openOwners(ownModal);

const OwnersPage = z.object({ from: z.number().int(), ids: z.array(z.string()).max(OWNERS_SHOWN) });

/** Keeps who each owner is, and shows the next. Only full members of the home workspace are owners. */
export const onNameOwners =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { workspaceId, userId } = await demandManager(args, deps, 'crm.owners');
    const { from, ids } = carried(OwnersPage, args.view.private_metadata);
    const values = formValues(args.view);
    const chosen = ids.map((id, index) => ({
      id,
      field: ownerField(index),
      user: z.string().nullable().catch(null).parse(values[ownerField(index)]),
    }));
    const wrong = await Promise.all(
      chosen.map(async ({ field, user }) =>
        user && !(await isFullMember(args.client, workspaceId, user)) ? [[field, NOT_A_COLLEAGUE] as const] : [],
      ),
    );
    if (wrong.flat().length > 0) return args.ack({ response_action: 'errors', errors: Object.fromEntries(wrong.flat()) });
    for (const { id, user } of chosen) await nameOwner(workspaceId, id, user);
    const named = chosen.map(({ id, user }) => ({ id, user }));
    await recordAudit({ workspaceId, by: userId, at: deps.now(), action: 'crm.owners', subject: 'crm:owners', after: named });
    await args.ack({ response_action: 'update', view: ownersForm({ ...(await listOwners(workspaceId, from, OWNERS_SHOWN)), from }) });
  };
