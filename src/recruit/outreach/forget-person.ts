import { z } from 'zod';
import type { Stored } from '../../programme/privacy/kept-data.ts';
import { DELETED, DELETED_ADDRESS, isTheirAddress, type Whom } from '../../programme/privacy/whom.ts';
import type { DraftStatus } from './draft.ts';

const Of = z.object({ companyId: z.string(), contact: z.object({ email: z.string() }) });

/** A draft or a thread: to them, or to somebody at their company; none that was emptied. */
export function isAboutThem(stored: Stored, whom: Whom): boolean {
  const { companyId, contact } = Of.parse(stored);
  if (contact.email === DELETED_ADDRESS) return false;
  return whom.companyIds.includes(companyId) || isTheirAddress(whom, contact.email);
}

/** The parts of a draft or a thread that say who it was. Country, legal basis and kind of mailbox stay: under which rule a message left. So do the
 *  ids that name nobody: an answer to what left still finds its conversation, and a “stop” in it is heard. */
export function withoutPerson(_stored: Stored, { key }: Whom): Record<string, unknown> {
  return {
    'contact.name': DELETED,
    'contact.email': DELETED_ADDRESS,
    'contact.source': DELETED,
    ...(key.kind === 'company' ? { companyName: DELETED } : {}),
  };
}

/** States in which a draft is deleted or emptied; before that it is closed. */
export const CLOSED: DraftStatus[] = ['sent', 'rejected'];

/** What stays of a message that left, or may have: when, on whose word and under which rule, so that nobody can take it for one that has still
 *  to leave. Null for one that never did. */
export function emptiedDraft(stored: Stored, whom: Whom): Record<string, unknown> | null {
  const doubts = z.array(z.record(z.string(), z.unknown())).parse(stored.doubts ?? []);
  if (stored.status !== 'sent' && doubts.length === 0) return null;
  return {
    ...withoutPerson(stored, whom),
    subject: DELETED,
    body: DELETED,
    ...{ footer: '', notice: '', english: '', response: '', optOutToken: '' },
    ...{ claims: [], references: [], doubts: doubts.map((doubt) => ({ ...doubt, to: '' })) },
    ...{ written: null, answers: null, note: null, hold: null, claim: null },
    noted: true,
  };
}
