import type { Company, CompanyStage } from '../../programme/companies/company.ts';
import { listByStage } from '../../programme/companies/company-stage-repository.ts';
import type { Draft } from '../outreach/draft.ts';
import { countDecidable, listApprovedBy, listDecidable } from '../outreach/draft-repository.ts';
import type { ReplyKind } from '../replies/reply.ts';

/** What a person has to do next; since when it waits. */
export type Waiting =
  | { kind: 'draft'; since: Date; draft: Draft }
  | { kind: 'reply'; since: Date; company: Pick<Company, 'id' | 'name'>; stage: CompanyStage };

export type Inbox = { items: Waiting[]; drafts: number; replies: number };

/** Replies after which somebody must do something; after an opt-out nothing is left to do. */
const TO_ACT_ON: readonly ReplyKind[] = ['interested', 'later', 'no', 'wrong-person', 'bounce', 'other'];

/** The most that a person turns through. */
const MOST = 1_000;
/** Companies of one person that wait for approval; far more than anybody has. */
const MOST_OWN = 500;

/** All that waits for a person, what has waited longest first: drafts to decide on, also those that did not leave or may have, and replies that
 *  nobody has acted on. `by`: only the drafts that this person started, changed or approved, and the replies to what they
 *  started or approved. */
export async function listWaiting(
  workspaceId: string,
  { from, count, by = null }: { from: number; count: number; by?: string | null },
): Promise<Inbox> {
  const most = Math.min(from + count, MOST);
  const [own, mine] = by
    ? await Promise.all([
        companiesOf(workspaceId, by).then((companyIds) => ({ by, companyIds })),
        listApprovedBy(workspaceId, by).then((companyIds) => ({ by, companyIds })),
      ])
    : [null, null];
  const answered = { state: 'answered', how: TO_ACT_ON, ...(mine ? { mine } : {}) } as const;
  const [drafts, draftCount, replies] = await Promise.all([
    listDecidable(workspaceId, own, most),
    countDecidable(workspaceId, own),
    listByStage(workspaceId, answered, { from: 0, count: most, oldestFirst: true }),
  ]);
  const items: Waiting[] = [
    ...drafts.map((draft) => ({ kind: 'draft', since: draft.updatedAt, draft }) as const),
    ...replies.companies.map((company) => ({ kind: 'reply', since: company.stage.at, company, stage: company.stage }) as const),
  ];
  const sorted = items.toSorted((a, b) => a.since.getTime() - b.since.getTime());
  return { items: sorted.slice(from, most), drafts: draftCount, replies: replies.total };
}

/** Follow-ups are started by nobody; they are for whoever started with the company. */
async function companiesOf(workspaceId: string, by: string): Promise<string[]> {
  const { companies } = await listByStage(workspaceId, { state: 'waiting', by }, { from: 0, count: MOST_OWN, oldestFirst: true });
  return companies.map(({ id }) => id);
}
