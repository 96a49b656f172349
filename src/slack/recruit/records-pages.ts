import type { KnownBlock } from '@slack/types';
import { RECORDS_NEWEST, RECORDS_PAGE, recordsOverview, recordsPage } from '../../../blocks/recruit/outreach-records.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import type { RecordState } from '../../recruit/outreach/outreach-record.ts';
import { countRecords, listRecords } from '../../recruit/outreach/outreach-records-repository.ts';
import { countSlots, slotDay } from '../../recruit/outreach/send-slots-repository.ts';
import { countReplies } from '../../recruit/replies/reply-repository.ts';

type Page = { text: string; blocks: KnownBlock[] };

/** `/partners outreach`: every state with its reasons. */
export async function recordsOverviewPage(workspaceId: string, at: Date): Promise<Page> {
  const newest = { from: 0, count: RECORDS_NEWEST };
  const { digest, sender } = await getProgramme(workspaceId);
  const [counts, { records }, replies, slots] = await Promise.all([
    countRecords(workspaceId),
    listRecords(workspaceId, null, newest),
    countReplies(workspaceId),
    countSlots(workspaceId, slotDay(at, digest?.timeZone ?? 'UTC')),
  ]);
  const today = { mailbox: slots.get(sender?.address.toLowerCase() ?? '') ?? 0, workspace: slots.get('*') ?? 0 };
  return { text: 'Outreach: what waits, went and came back', blocks: recordsOverview({ counts, newest: records, replies, today }) };
}

/** One page of one state. */
export async function recordsStatePage(workspaceId: string, { state, from }: { state: RecordState; from: number }): Promise<Page> {
  const page = await listRecords(workspaceId, state, { from, count: RECORDS_PAGE });
  return { text: 'Outreach', blocks: recordsPage(state, { ...page, from }) };
}
