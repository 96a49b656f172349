import { addHours } from 'date-fns';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { Refusal } from '../../../src/errors.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import type { Mail, MailResult } from '../../../src/recruit/mail/mail.ts';
import { approveDraft, markSent, rejectDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import { Approval, type Draft, messageText } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { editDraft } from '../../../src/recruit/outreach/edit-draft.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { AT, aCompany, ana, aProgramme, aWaitingDraft, HOME, hashOfMail, milo, postOffice, seen } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
beforeEach(() => aProgramme());

const RESULTS: MailResult[] = [
  { outcome: 'sent', response: '250 ok' },
  { outcome: 'failed', reason: '554 no mail today', hard: false },
  { outcome: 'retry', reason: '451 later' },
  { outcome: 'unknown', reason: 'the line broke' },
];

const seldom = fc.integer({ min: 0, max: 5 }).map((n) => n === 0);
const anyStep = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('approve'), by: fc.constantFrom(ana, milo), stale: seldom }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send'), result: fc.constantFrom(...RESULTS), stale: seldom }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit'), text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('reject', 'mark-sent', 'lapse', 'wait') }) },
);
type Step = { do: string; by?: typeof ana; stale?: boolean; result?: MailResult; text?: string };
/** The steps of one round happen at the same moment, the rounds one after the other. */
const anyHistory: fc.Arbitrary<Step[][]> = fc.array(fc.array(anyStep, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 8 });

type Left = { mail: Mail; draft: Draft; at: Date; result: MailResult };

/** Plays a history on a fresh draft; returns every mail with the draft as it was stored when the mail left. */
async function play(history: Step[][]): Promise<{ draft: Draft; left: Left[] }> {
  const domain = `c${Math.random().toString(36).slice(2)}.example`;
  let shown = await aWaitingDraft({ company: await aCompany({ domain }) });
  const versions = [shown];
  const approvals: string[] = [];
  const left: Left[] = [];
  let now = AT;
  const once = async (step: Step): Promise<unknown> => {
    const old = step.stale ? (versions[0] ?? shown) : shown;
    switch (step.do) {
      case 'approve':
        return approveDraft(step.by ?? ana, seen(old), now);
      case 'edit': {
        const text = { subject: `Edited ${step.text}`, body: `${step.text} and twenty characters more` };
        return editDraft(milo, seen(shown), text, now);
      }
      case 'reject':
        return rejectDraft(ana, seen(shown), now);
      case 'mark-sent':
        return markSent(ana, seen(shown), now);
      case 'send': {
        const tools = postOffice(async (mail) => {
          const at = now;
          const result = step.result ?? { outcome: 'sent', response: '' };
          left.push({ mail, draft: await getDraft(HOME, shown.id), at, result });
          return result;
        });
        const approvalId = (step.stale ? approvals[0] : approvals.at(-1)) ?? 'none';
        return sendApproved(HOME, shown.id, approvalId, { ...tools, now: () => now });
      }
      case 'wait':
        now = addHours(now, 1);
        return null;
      default:
        now = addHours(now, 73);
    }
  };
  for (const round of history) {
    const refused = (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    };
    await Promise.all(round.map((step) => once(step).catch(refused)));
    shown = await getDraft(HOME, shown.id);
    versions.push(shown);
    if (shown.approval) approvals.push(shown.approval.id);
  }
  return { draft: shown, left };
}

test('whatever happens in whatever order, a mail is exactly what a person approved, in time, once, and the version on file', async () => {
  let mails = 0;
  await fc.assert(
    fc.asyncProperty(anyHistory, async (history) => {
      const { draft, left } = await play(history);
      mails += left.length;
      const subject = `draft:${draft.id}`;
      const given = (await listAudit(HOME, { subject, action: 'draft.approve' })).map(({ after }) =>
        Approval.parse(Object(after).approval),
      );
      // The server said that it did not take the others.
      const taken = left.filter(({ result }) => result.outcome === 'sent' || result.outcome === 'unknown');
      expect(new Set(taken.map(({ mail }) => mail.messageId)).size).toBe(taken.length);
      for (const { mail, draft: stored, at } of left) {
        const approval = given.find(({ id }) => mail.messageId.startsWith(`${id}@`));
        expect(approval?.hash).toBe(hashOfMail(mail));
        expect(approval && at < approval.expiresAt).toBe(true);
        expect(stored).toMatchObject({ status: 'sending', subject: mail.subject, messageId: mail.messageId });
        expect(messageText(stored)).toBe(mail.text);
      }
      const claimed = await listAudit(HOME, { subject, action: 'draft.send' });
      expect(claimed).toHaveLength(left.length);
    }),
    { numRuns: 25, seed: 4 },
  );
  // The property would hold trivially if nothing were ever sent.
  expect(mails).toBeGreaterThan(10);
});
