import { addMinutes } from 'date-fns';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { repliedWords } from '../../../blocks/manage/review-outcome.ts';
import { Refusal } from '../../../src/errors.ts';
import { DEAL_MOVES, type Deal, type DealMove } from '../../../src/manage/deals/deal.ts';
import { getDeal } from '../../../src/manage/deals/deal-repository.ts';
import { type Decision, decideDeal, type Reply, replied, replyToReview } from '../../../src/manage/deals/decide-deal.ts';
import type { Moved } from '../../../src/manage/deals/move-deal.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { ANA, MILO } from '../../sandbox/cast.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { AT, aProgramme, HOME, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let partner: Partner;
beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
});

type Act = { who: string; move: Decision['move'] | Reply['move'] };
const acts = fc.array(
  fc.array(
    fc.oneof(
      fc.record({ who: fc.constantFrom(MILO, ANA), move: fc.constantFrom('take', 'approve', 'reject', 'ask') }),
      fc.record({ who: fc.constant('pia'), move: fc.constantFrom('answer', 'appeal', 'withdraw') }),
    ),
    { minLength: 1, maxLength: 4 },
  ),
  { minLength: 1, maxLength: 6 },
) as fc.Arbitrary<Act[][]>;

/** What one of them does; null when the rules say no. */
async function does({ who, move }: Act, deal: Deal, at: Date): Promise<Moved | null> {
  const words = `${who} ${at.getTime()}`;
  const told = { byName: who, at };
  const reviewer = { ...milo, userId: who };
  const decision: Decision =
    move === 'reject' ? { move, code: 'other', words } : move === 'ask' ? { move, words } : { move: move as 'take' | 'approve' };
  const reply: Reply = move === 'answer' ? { move, words, website: null } : { move: move as 'appeal' | 'withdraw', words };
  const acting = who === 'pia' ? replyToReview(piaOf(partner), deal.id, reply, at) : decideDeal(reviewer, deal.id, decision, told);
  return acting.catch((error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  });
}

test('whatever several people do at once: the history is a legal path, no decision is lost, and there is one appeal', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(acts, async (steps) => {
      const deal = await aDeal(partner, { company: `Customer ${round}`, website: `customer${round++}.example` });
      let done = 0;
      for (const [index, together] of steps.entries()) {
        const results = await Promise.all(together.map((act) => does(act, deal, addMinutes(AT, index + 1))));
        done += results.filter((result) => result?.changed).length;
      }
      const { history, status, appealedAt, dueAt, protectedUntil } = await getDeal(HOME, deal.id);
      let state: string = 'submitted';
      for (const { move, from, to } of history.slice(1)) {
        const known = DEAL_MOVES[move as DealMove];
        expect(from).toBe(state);
        expect(known.from).toContain(from);
        expect(known.to).toBe(to);
        state = to;
      }
      expect(status).toBe(state);
      // Each that was told "done" stands in the history, and nothing else does.
      expect(history.length - 1).toBe(done);
      const appeals = history.filter(({ move }) => move === 'appeal').length;
      expect(appeals).toBeLessThanOrEqual(1);
      expect(appealedAt !== null).toBe(appeals === 1);
      expect(dueAt !== null).toBe(status === 'submitted' || status === 'in-review');
      expect(protectedUntil !== null).toBe(history.some(({ move }) => move === 'approve'));
    }),
    { numRuns: Number(process.env.REVIEW_ROUNDS ?? 25) },
  );
});

test('two say the same at once: one is first, the other finds it done; each move is in the audit log once', async () => {
  const deal = await aDeal(partner);
  const both = await Promise.all([MILO, ANA].map((who) => does({ who, move: 'approve' }, deal, AT)));
  expect(both.map((one) => one?.changed).sort()).toEqual([false, true]);
  expect(await listAudit(HOME, { action: 'deal.approve' })).toHaveLength(1);
});

test('of two that answer, the second has their words back; a website counts only where it was asked for', async () => {
  const deal = await aDeal(partner);
  await does({ who: MILO, move: 'ask' }, deal, AT);
  const answer = (words: string) => replied(piaOf(partner), deal.id, { move: 'answer', words, website: 'other.example' }, AT);
  expect(await answer('first')).toMatchObject({ changed: true, deal: { domain: 'saltmarsh.example' } });
  const second = await answer('second');
  expect(second.changed).toBe(false);
  expect(repliedWords(second.deal, second.changed, 'second')).toMatch(/^Somebody was first\..*second$/s);
  await does({ who: MILO, move: 'approve' }, deal, AT);
  expect((await answer('third')).changed).toBe(false);
  expect((await answer('first')).changed).toBe(true);
});

test('another partner’s person says nothing to a deal, and nobody appeals twice', async () => {
  const deal = await aDeal(partner);
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
  const stranger = { ...piaOf(other), teamId: 'T0OTHER' };
  await expect(replyToReview(stranger, deal.id, { move: 'withdraw', words: '' }, AT)).rejects.toMatchObject({ code: 'partner-only' });
  await expect(replyToReview(piaOf(partner), deal.id, { move: 'answer', words: 'x', website: null }, AT)).rejects.toMatchObject({
    code: 'deal-unasked',
  });
  for (const move of ['reject', 'appeal', 'reject'] as const) await does({ who: move === 'appeal' ? 'pia' : MILO, move }, deal, AT);
  await expect(replyToReview(piaOf(partner), deal.id, { move: 'appeal', words: 'once more' }, AT)).rejects.toMatchObject({
    code: 'deal-appealed',
  });
});
