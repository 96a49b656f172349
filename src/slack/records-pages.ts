import type { KnownBlock } from '@slack/types';
import { RECORDS_NEWEST, RECORDS_PAGE, recordsOverview, recordsPage } from '../../blocks/outreach-records.ts';
import type { RecordState } from '../outreach/outreach-record.ts';
import { countRecords, listRecords } from '../outreach/outreach-records-repository.ts';
import { countReplies } from '../replies/reply-repository.ts';

type Page = { text: string; blocks: KnownBlock[] };

/** `/partners outreach`: every state with its reasons. */
export async function recordsOverviewPage(workspaceId: string): Promise<Page> {
  const newest = { from: 0, count: RECORDS_NEWEST };
  const [counts, { records }, replies] = await Promise.all([
    countRecords(workspaceId),
    listRecords(workspaceId, null, newest),
    countReplies(workspaceId),
  ]);
  return { text: 'Outreach: what waits, went and came back', blocks: recordsOverview(counts, records, replies) };
}

/** One page of one state. */
export async function recordsStatePage(workspaceId: string, { state, from }: { state: RecordState; from: number }): Promise<Page> {
  const page = await listRecords(workspaceId, state, { from, count: RECORDS_PAGE });
  return { text: 'Outreach', blocks: recordsPage(state, { ...page, from }) };
}
