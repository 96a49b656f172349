import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { noteWords } from '../../../blocks/recruit/draft-notes.ts';
import { RECORDS_NEWEST, RECORDS_PAGE, recordsOverview, recordsPage, WAITING_OLDEST } from '../../../blocks/recruit/outreach-records.ts';
import { BYTES_TITLE, bytesModal, RECORD_TITLE, recordModal } from '../../../blocks/recruit/record-detail.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { getDraft } from '../../recruit/outreach/draft-repository.ts';
import { countSlots, slotDay } from '../../recruit/outreach/send-slots-repository.ts';
import { findBytes } from '../../recruit/outreach/sent-bytes-repository.ts';
import { listWaiting } from '../../recruit/pipeline/waiting.ts';
import { exportOutreach } from '../../recruit/records/export-outreach.ts';
import { RECORD_STATES, type RecordState } from '../../recruit/records/outreach-record.ts';
import { countRecords, listRecords, recordDetail } from '../../recruit/records/outreach-records-repository.ts';
import { countReplies } from '../../recruit/replies/reply-repository.ts';
import { resolveActor } from '../actor.ts';
import { demandAudience } from '../audience.ts';
import { carried } from '../form.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal, pushModal } from '../modal.ts';
import { slackRefusal } from '../slack-refusal.ts';
import { answerAsker } from '../with-fallback.ts';
import { linksOf } from './inbox.ts';

const Turn = z.object({ state: z.enum(RECORD_STATES), from: z.number().int().min(0).max(1_000_000) });

/** A page of one state in place of what is shown; also the next and the previous one. */
export const onTurnRecords =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const workspaceId = await demandTeam(args, 'outreach:list', now());
    const page = await recordsStatePage(workspaceId, carried(Turn, args.action.value));
    await answerAsker(args, page, args.body.container.is_ephemeral === true);
  };

export const onAllRecords =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const workspaceId = await demandTeam(args, 'outreach:list', now());
    await answerAsker(args, await recordsOverviewPage(workspaceId, now()), args.body.container.is_ephemeral === true);
  };

export const onOpenRecord =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, RECORD_TITLE);
    const draftId = args.action.value ?? '';
    const workspaceId = await demandTeam(args, `draft:${draftId}`, now());
    await fillModal(args.client, opened, recordModal(await recordDetail(workspaceId, draftId)));
  };

/** On top of the message's page, so that closing leads back to it. */
export const onShowBytes =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, BYTES_TITLE);
    const draftId = args.action.value ?? '';
    const workspaceId = await demandTeam(args, `draft:${draftId}`, now());
    const bytes = await findBytes(await getDraft(workspaceId, draftId));
    if (!bytes) throw new Refusal('draft-unknown');
    await fillModal(args.client, opened, bytesModal(bytes.toString(), draftId));
  };

/** Records are for the whole team to read, and for nobody else. */
async function demandTeam(args: ButtonClick, subject: string, at: Date): Promise<string> {
  const actor = await resolveActor(args);
  await authorise(actor, 'member', { action: 'outreach.look', subject, at });
  return actor.workspaceId;
}

type Page = { text: string; blocks: KnownBlock[] };

/** `/partners outreach`: every state with its reasons. */
export async function recordsOverviewPage(workspaceId: string, at: Date): Promise<Page> {
  const newest = { from: 0, count: RECORDS_NEWEST };
  const { digest, sender } = await getProgramme(workspaceId);
  const [counts, { records }, replies, inbox, slots] = await Promise.all([
    countRecords(workspaceId),
    listRecords(workspaceId, null, newest),
    countReplies(workspaceId),
    listWaiting(workspaceId, { from: 0, count: WAITING_OLDEST }),
    countSlots(workspaceId, slotDay(at, digest?.timeZone ?? 'UTC')),
  ]);
  const today = { mailbox: slots.get(sender?.address.toLowerCase() ?? '') ?? 0, workspace: slots.get('*') ?? 0 };
  const waiting = { inbox, links: await linksOf(workspaceId, inbox) };
  const blocks = recordsOverview({ counts, newest: records, replies, today, waiting });
  return { text: 'Outreach: what waits, went and came back', blocks };
}

/** One page of one state. */
export async function recordsStatePage(workspaceId: string, { state, from }: { state: RecordState; from: number }): Promise<Page> {
  const page = await listRecords(workspaceId, state, { from, count: RECORDS_PAGE });
  return { text: 'Outreach', blocks: recordsPage(state, { ...page, from }) };
}

/** Every message with its record as CSV, to the direct messages of the manager who asked: a channel may be read by others. */
export const onExportRecords =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { workspaceId, userId } = actor;
    await authorise(actor, 'manager', { action: 'outreach.export', subject: 'outreach:all', at: now() });
    const lines: string[] = [];
    for await (const line of exportOutreach(workspaceId, noteWords)) lines.push(line);
    const name = `outreach-${now().toISOString().slice(0, 10)}.csv`;
    const text = 'Every outreach message with its record. It holds names and addresses: keep it as you keep those.';
    await demandAudience(args.client, workspaceId, { kind: 'person', userId });
    await sendFile(args.client, { user: userId, name, bytes: Buffer.from(lines.join('')), text });
    await args.respond({ response_type: 'ephemeral', replace_original: false, text: `The file ${name} is in our direct messages.` });
  };

/** Sends a file to one person's direct messages with the bot. Refuses `files-not-granted` where the workspace installed us without
 *  `files:write`; `command` of the command line has the file all the same. */
export async function sendFile(
  client: WebClient,
  { user, name, bytes, text, command }: { user: string; name: string; bytes: Buffer; text: string; command?: string },
): Promise<void> {
  const { channel } = await client.conversations.open({ users: user });
  const upload = { channel_id: channel?.id ?? user, filename: name, file: bytes, initial_comment: text };
  await client.files.uploadV2(upload).catch((cause: unknown) => {
    if (slackRefusal(cause) === 'missing_scope') throw new Refusal('files-not-granted', command ? { command } : {}, { cause });
    throw cause;
  });
}
