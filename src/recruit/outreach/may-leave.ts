import { addDays } from 'date-fns';
import { Refusal } from '../../errors.ts';
import type { Company } from '../../programme/companies/company.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { judgeContact, type PolicyStamp } from '../policy/judge-contact.ts';
import { nextBusinessTime, zonesOf } from './business-hours.ts';
import { demandAddressAllowed, demandCompanyAllowed } from './demand-contact-allowed.ts';
import { codedPart, contentHash, type Draft, type Hold } from './draft.ts';
import { evidenceChanged, hasLostPointer } from './draft-grounds.ts';
import type { DraftNote } from './draft-note.ts';
import { slotDay, takeSlot } from './send-slots-repository.ts';
import { nextTouchAt } from './thread.ts';
import { findThread } from './thread-repository.ts';

/** What the rules say of an approved draft at this moment. `close`: never. `void`: not without a person's new word. `hold`: later. */
export type Leave =
  | { verdict: 'go'; policy: PolicyStamp }
  | { verdict: 'close'; note: DraftNote }
  | { verdict: 'void'; note: DraftNote }
  | { verdict: 'hold'; hold: Hold };

/** Asked before each attempt, and once more when the mail server is ready for the message. Takes the day's slot when all else is well;
 *  asked again for the same approval it is the same slot. */
export async function mayLeave(draft: Draft, at: Date): Promise<Leave> {
  const { approval, workspaceId } = draft;
  if (!approval || at >= approval.expiresAt) return { verdict: 'void', note: { code: 'approval-lapsed' } };
  if (contentHash(draft) !== approval.hash) return { verdict: 'void', note: { code: 'changed-since' } };
  const part = codedPart(draft);
  if (part) return { verdict: 'void', note: { code: 'header-coded', part } };
  const [company] = await listCompaniesByIds(workspaceId, [draft.companyId]);
  if (!company) return closedAs(draft, 'off-list');
  if (draft.kind !== 'answer' && company.decision?.kind === 'later') return closedAs(draft, 'later');
  const refused = await refusalOf(draft, company);
  if (refused) return refused;
  const policy = judgeContact(draft.contact);
  if (!policy.allowed) return { verdict: 'void', note: { code: 'country-blocked', ...policy.block } };
  const fallen = evidenceChanged(draft, company);
  if (fallen) return { verdict: 'void', note: { code: 'facts-changed', claim: fallen } };
  if (await hasLostPointer(draft)) return { verdict: 'void', note: { code: 'pointer-gone' } };
  const thread = await threadRule(draft, at);
  if (thread) return thread;
  const { digest } = await getProgramme(workspaceId);
  const hold = holdOf(draft, company, policy.stamp.country, at) ?? (await capOf(draft, approval.id, digest?.timeZone ?? 'UTC', at));
  return hold ? { verdict: 'hold', hold } : { verdict: 'go', policy: policy.stamp };
}

function closedAs({ companyName: company }: Draft, to: 'off-list' | 'later' | 'partner'): Leave {
  return { verdict: 'close', note: { code: 'company-decided', company, to } };
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
    if (error.code === 'address-suppressed') return { verdict: 'close', note: { code: 'address-silent', email: contact.email } };
    return { verdict: 'void', note: { code: 'address-closed', email: contact.email } };
  }
  return null;
}

/** Planned touches stop with the thread, and keep their distance; an answer to somebody who wrote to us does neither. */
async function threadRule(draft: Draft, at: Date): Promise<Leave | null> {
  if (draft.kind === 'answer') return null;
  const thread = await findThread(draft.workspaceId, draft.threadId);
  if (!thread) return { verdict: 'close', note: { code: 'thread-gone' } };
  if (thread.status === 'ended') return { verdict: 'close', note: { code: 'thread-ended' } };
  if (thread.status === 'replied') return { verdict: 'close', note: { code: 'answered' } };
  const others = thread.touches.filter(({ draftId }) => draftId !== draft.id);
  const due = others.length > 0 ? nextTouchAt(others) : at;
  if (!due) return { verdict: 'close', note: { code: 'enough-touches' } };
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
