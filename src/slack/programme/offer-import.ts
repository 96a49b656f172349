import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { importOffer, LIST_TYPES } from '../../../blocks/programme/import-forms.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Member } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { findFile } from '../download-file.ts';
import { carried } from '../form.ts';
import type { ButtonClick } from '../listener.ts';
import { openModal } from '../modal.ts';
import { withFallback } from '../with-fallback.ts';
import { FileSource, showColumns } from './import-companies.ts';

/** More are named and left alone. */
const MOST_FILES = 5;

/** A message with files as Slack sends it. Where Slack Connect or its settings hide a file, only the id is there, and `files.info` says the
 *  rest (`file_access: check_file_info`). */
const FileShare = z.object({
  channel: z.string(),
  thread_ts: z.string().optional(),
  text: z.string().default(''),
  files: z.array(z.object({ id: z.string(), name: z.string().nullish() })).default([]),
});

/** Asks whether the lists that a manager dropped into the direct messages shall be imported; other files are named. The message stays: it is
 *  theirs alone to read. Refuses `role-needed`. */
export async function offerImport(client: WebClient, event: object, actor: Member, at: Date): Promise<void> {
  await authorise(actor, 'manager', { action: 'companies.import', subject: 'import:file', at });
  const { channel, thread_ts, text, files } = FileShare.parse(event);
  const named = await Promise.all(files.slice(0, MOST_FILES).map((file) => nameOf(client, file)));
  const lists = named.filter(({ fileName }) => LIST_TYPES.some((type) => fileName.toLowerCase().endsWith(`.${type}`)));
  const others = named.filter((file) => !lists.includes(file)).map(({ fileName }) => fileName);
  const offer = importOffer(lists, { others, more: Math.max(0, files.length - MOST_FILES), text });
  await withFallback(client, actor.workspaceId, offer.blocks, (blocks) =>
    client.chat.postMessage({ channel, ...(thread_ts ? { thread_ts } : {}), text: offer.text, blocks }),
  );
}

async function nameOf(client: WebClient, { id, name }: z.infer<typeof FileShare>['files'][number]): Promise<FileSource> {
  return { fileId: id, fileName: name ?? (await findFile(client, id)).name ?? 'file' };
}

/** *Import* under a dropped list: reads it and shows its columns, as the form does. */
export const onImportFile =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, 'Import companies');
    const actor = await resolveActor(args);
    await authorise(actor, 'manager', { action: 'companies.import', subject: 'import:file', at: now() });
    const source = carried(FileSource, args.action.value);
    await showColumns(args.client, opened, { workspaceId: actor.workspaceId, source, at: now() });
  };
