import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { columnId, importConfirm, importMapping } from '../../../blocks/programme/import-forms.ts';
import { importCompanies } from '../../../jobs/programme/import-companies.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { findColumnChoice, saveColumnChoice } from '../../programme/companies/column-choice-repository.ts';
import { COLUMN_FIELDS, IDENTIFYING } from '../../programme/companies/company-columns.ts';
import { type FileProblem, MAX_COLUMNS } from '../../programme/companies/file-problems.ts';
import { readColumns, readCompanyFile } from '../../programme/companies/read-companies.ts';
import { PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { downloadFile } from '../download-file.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, type OpenedModal, ownModal } from '../modal.ts';

/** Null for companies to rank. */
const As = PartnerType.nullable().catch(null);
const ImportForm = z
  .object({
    as: As,
    file: z.array(z.object({ id: z.string(), name: z.string().default('file') })).default([]),
    domains: z.string().default(''),
  })
  .refine(({ file, domains }) => file.length > 0 || domains.trim() !== '', {
    path: ['domains'],
    message: 'Choose a file or paste web domains',
  })
  .refine(({ file, domains }) => file.length === 0 || domains.trim() === '', {
    path: ['domains'],
    message: 'One of the two: a file, or pasted domains',
  });

export const FileSource = z.object({ fileId: z.string(), fileName: z.string(), as: PartnerType.optional() });
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
    const { as, domains } = form.data;
    if (!file) return startImport(args, actor, { domains, ...(as ? { as } : {}) }, deps);
    const source = { fileId: file.id, fileName: file.name, ...(as ? { as } : {}) };
    await showColumns(client, view, { workspaceId: actor.workspaceId, source, at: deps.now() });
  };

/** Reads a file somebody gave us in Slack and shows what was understood, before anything is stored; where its titles do not say which column
 *  holds the companies, asks. Refuses `file-unreadable`. */
export async function showColumns(
  client: WebClient,
  opened: Pick<OpenedModal, 'id'>,
  { workspaceId, source, at }: { workspaceId: string; source: FileSource; at: Date },
): Promise<void> {
  const bytes = await downloadFile(client, source.fileId);
  const findChoice = (header: readonly string[]) => findColumnChoice(workspaceId, header);
  try {
    const { columns, rows } = await readCompanyFile(bytes, source.fileName, at, findChoice);
    await fillModal(client, opened, importConfirm(source, columns, rows));
  } catch (error) {
    if (!(error instanceof Refusal) || !ASKABLE.has(String(error.details.problem))) throw error;
    await fillModal(client, opened, importMapping(source, await readColumns(bytes, source.fileName, findChoice)));
  }
}

/** What a person can settle by saying what the columns are. */
const ASKABLE: ReadonlySet<string> = new Set<FileProblem>(['columns-unclear', 'no-domain-column']);

/** *Change What Columns Are* under what was understood. */
export const onOpenMapping =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, 'Import companies');
    const actor = await resolveActor(args);
    await authorise(actor, 'manager', { action: 'companies.import', subject: 'import:file', at: now() });
    const source = carried(FileSource, args.action.value);
    const findChoice = (header: readonly string[]) => findColumnChoice(actor.workspaceId, header);
    const bytes = await downloadFile(args.client, source.fileId);
    await fillModal(args.client, opened, importMapping(source, await readColumns(bytes, source.fileName, findChoice)));
  };

const Mapped = FileSource.extend({ columns: z.number().int().min(0).max(MAX_COLUMNS) });
const Field = z.enum(COLUMN_FIELDS).nullable().catch(null);

/** Keeps what a person said the columns are, and shows how the file is read now. */
export const onMapColumns =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, client, view } = args;
    const { columns, ...source } = carried(Mapped, view.private_metadata);
    const values = formValues(view);
    const fields = Array.from({ length: columns }, (_, index) => Field.parse(values[columnId(index)]));
    const twice = fields.findIndex((field, index) => field !== null && fields.indexOf(field) < index);
    if (twice >= 0)
      return ack({ response_action: 'errors', errors: { [columnId(twice)]: 'Another column is this already. Choose one of the two.' } });
    if (!IDENTIFYING.some((field) => fields.includes(field)))
      return ack({ response_action: 'errors', errors: { [columnId(0)]: NO_COMPANY } });
    await keepOpen(args, 'Import companies');
    const actor = await resolveActor(args);
    const { workspaceId, userId } = actor;
    await authorise(actor, 'manager', { action: 'companies.import', subject: 'import:file', at: deps.now() });
    const { header } = await readColumns(await downloadFile(client, source.fileId), source.fileName);
    await saveColumnChoice(workspaceId, header, { fields, by: userId, at: deps.now() });
    await showColumns(client, view, { workspaceId, source, at: deps.now() });
  };

const NO_COMPANY = 'Say which column is the web domain, the website or an e-mail address: without one I cannot tell the companies apart.';

export const onStartImport =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { view } = args;
    await keepOpen(args, 'Import companies');
    const actor = await resolveActor(args);
    await authorise(actor, 'manager', { action: 'companies.import', subject: 'import:file', at: deps.now() });
    const { fileId, fileName } = carried(FileSource, view.private_metadata);
    const as = As.parse(formValues(view).as);
    await startImport(args, actor, { fileId, fileName, ...(as ? { as } : {}) }, deps);
  };

async function startImport(
  { client, view }: ViewSubmission,
  actor: Actor,
  source: FileSource | { domains: string; as?: PartnerType },
  { enqueue }: Deps,
): Promise<void> {
  await enqueue(importCompanies, { workspaceId: actor.workspaceId, importId: randomUUID(), by: actor.userId, source });
  await fillModal(client, view, noticeModal('Import companies', 'Importing. I show the progress and the result in our direct messages.'));
}
