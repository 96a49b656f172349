import { addDays } from 'date-fns';
import { Refusal } from '../../errors.ts';
import type { Company } from '../../programme/companies/company.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { judgeContact, type PolicyStamp } from '../policy/judge-contact.ts';
import { nextBusinessTime, zonesOf } from './business-hours.ts';
import { demandAddressAllowed, demandCompanyAllowed } from './demand-contact-allowed.ts';
import { codedPart, contentHash, type Draft, type Hold } from './draft.ts';
import { evidenceChanged } from './draft-grounds.ts';
import { slotDay, takeSlot } from './send-slots-repository.ts';
import { nextTouchAt } from './thread.ts';
import { findThread } from './thread-repository.ts';

/** What the rules say of an approved draft at this moment. `close`: never. `void`: not without a person's new word. `hold`: later. */
export type Leave =
  | { verdict: 'go'; policy: PolicyStamp }
  | { verdict: 'close'; why: string }
  | { verdict: 'void'; why: string }
  | { verdict: 'hold'; hold: Hold };

/** Asked before each attempt, and once more when the mail server is ready for the message. Takes the day's slot when all else is well;
 *  asked again for the same approval it is the same slot. */
export async function mayLeave(draft: Draft, at: Date): Promise<Leave> {
  const { approval, workspaceId } = draft;
  if (!approval || at >= approval.expiresAt) return { verdict: 'void', why: LAPSED };
  if (contentHash(draft) !== approval.hash) return { verdict: 'void', why: CHANGED };
  const coded = codedPart(draft);
  if (coded) return { verdict: 'void', why: CODED_WHY[coded] };
  const [company] = await listCompaniesByIds(workspaceId, [draft.companyId]);
  if (!company) return closedAs(draft, 'off-list');
  if (draft.kind !== 'answer' && company.decision?.kind === 'later') return closedAs(draft, 'later');
  const refused = await refusalOf(draft, company);
  if (refused) return refused;
  const policy = judgeContact(draft.contact);
  if (!policy.allowed) return { verdict: 'void', why: `Not sent. ${policy.why}` };
  const fallen = evidenceChanged(draft, company);
  if (fallen) return { verdict: 'void', why: `Not sent: what “${fallen}” rests on has changed since. Press Write Again, or edit it.` };
  const thread = await threadRule(draft, at);
  if (thread) return thread;
  const { digest } = await getProgramme(workspaceId);
  const hold = holdOf(draft, company, policy.stamp.country, at) ?? (await capOf(draft, approval.id, digest?.timeZone ?? 'UTC', at));
  return hold ? { verdict: 'hold', hold } : { verdict: 'go', policy: policy.stamp };
}

const CHANGED = 'The message was changed after it was approved, so it was not sent. Read it and approve it again.';
const LAPSED = 'The approval lapsed after 72 hours, so nothing was sent. Approve it again if it still holds.';

const CODED_WHY = {
  sender:
    'Not sent: mail programs would show another sender’s name than the one approved. An admin corrects it under /partners setup; then save Contact once more.',
  contact: 'Not sent: mail programs would show another recipient’s name than the one approved. Correct it under Contact.',
  subject: 'Not sent: mail programs would show another subject than the one approved. Take “=?…?=” out of it under Edit.',
} as const;

/** What the team did with the company after the approval, and how to write all the same. */
const DONE = {
  'off-list': 'was taken off the list after this was approved',
  later: 'was put off with Later after this was approved. To write now, press Draft Outreach on the company',
  partner: 'became a partner after this was approved. To write all the same, press Reconsider on the company first',
} as const;

function closedAs({ companyName }: Draft, done: keyof typeof DONE): Leave {
  return { verdict: 'close', why: `Not sent: ${companyName} ${DONE[done]}.` };
}

/** The company or the person may have been closed since, or the person may be somebody at a company that is. */
async function refusalOf(draft: Draft, company: Company): Promise<Leave | null> {
  const { workspaceId, contact } = draft;
  const programme = await getProgramme(workspaceId);
  try {
    await demandCompanyAllowed(programme, company);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return closedAs(draft, company.decision?.kind === 'partner' ? 'partner' : 'off-list');
  }
  try {
    await demandAddressAllowed(programme, contact.email);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'address-suppressed') return { verdict: 'close', why: `Not sent: ${contact.email} gets nothing from us any more.` };
    return { verdict: 'void', why: `Not sent: ${contact.email} is at a company that is left out. Name another person under Contact.` };
  }
  return null;
}

/** Planned touches stop with the thread, and keep their distance; an answer to somebody who wrote to us does neither. */
async function threadRule(draft: Draft, at: Date): Promise<Leave | null> {
  if (draft.kind === 'answer') return null;
  const thread = await findThread(draft.workspaceId, draft.threadId);
  if (!thread) return { verdict: 'close', why: 'Not sent: its thread is gone.' };
  if (thread.status === 'ended') return { verdict: 'close', why: 'Not sent: the thread has ended.' };
  if (thread.status === 'replied') return { verdict: 'close', why: 'Not sent: they answered meanwhile.' };
  const others = thread.touches.filter(({ draftId }) => draftId !== draft.id);
  const due = others.length > 0 ? nextTouchAt(others) : at;
  if (!due) return { verdict: 'close', why: 'Not sent: three messages without an answer are enough.' };
  return due > at ? { verdict: 'hold', hold: { why: 'touch-distance', until: due, said: '' } } : null;
}

function holdOf(draft: Draft, company: Company, country: string, at: Date): Hold | null {
  if (draft.releasedBy) return null;
  if (draft.hold?.why === 'retry' && draft.hold.until > at) return draft.hold;
  if (draft.kind === 'answer') return null;
  const until = nextBusinessTime(zonesOf(country, company.locations), at);
  return until > at ? { why: 'hours', until, said: '' } : null;
}

async function capOf({ workspaceId, sender, releasedBy }: Draft, approvalId: string, timeZone: string, at: Date): Promise<Hold | null> {
  const day = slotDay(at, timeZone);
  const { full } = await takeSlot({ workspaceId, day, mailbox: sender.address, approvalId }, releasedBy !== null);
  return full && { why: full, until: nextDay(at, timeZone), said: '' };
}

/** The first quarter of an hour of the team's next day. */
function nextDay(at: Date, timeZone: string): Date {
  const today = slotDay(at, timeZone);
  const step = 15 * 60_000;
  let moment = new Date(Math.ceil(at.getTime() / step) * step);
  while (slotDay(moment, timeZone) === today && moment < addDays(at, 2)) moment = new Date(moment.getTime() + step);
  return moment;
}
