import { addDays, addHours } from 'date-fns';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { payoutView } from '../../../blocks/measure/payout-view.ts';
import { sumOf } from '../../../src/measure/commissions/exact.ts';
import { findTransaction, listOfPartner } from '../../../src/measure/ledger/ledger-repository.ts';
import { TRANSACTION_KINDS } from '../../../src/measure/ledger/transaction.ts';
import {
  changeMeasureRules,
  MeasureRulesGiven,
  openMeasureRules,
  raisedBy,
} from '../../../src/measure/measure-rules/change-measure-rules.ts';
import {
  approvePayout,
  handOutPayout,
  lookAtTakenBack,
  markPayoutPaid,
  takeBackPayout,
} from '../../../src/measure/payouts/decide-payout.ts';
import { lookAtPayouts, makePayout } from '../../../src/measure/payouts/make-payout.ts';
import { isApproved, type Payout, paidStatements, totalOf } from '../../../src/measure/payouts/payout.ts';
import { listFree, listUnpaidPartners } from '../../../src/measure/payouts/payout-line-repository.ts';
import { getPayout, listPayouts } from '../../../src/measure/payouts/payout-repository.ts';
import { settlePayout } from '../../../src/measure/payouts/settle-payout.ts';
import { sortedOut, workOutOwed } from '../../../src/measure/payouts/work-out-payout.ts';
import { typeRate } from '../../../src/measure/rates/bring-rates.ts';
import { keepRates } from '../../../src/measure/rates/rate-repository.ts';
import { settleSale, waitForRate } from '../../../src/measure/sales/sale-repository.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import type { Actor } from '../../../src/programme/workspaces/role.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { aCommission, paidTo } from '../../support/a-payout.ts';
import { keptPlan } from '../../support/a-plan.ts';
import { aSale } from '../../support/a-sale.ts';
import { AT, anActor, ana, aProgramme, HOME, mia, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const A_PAYOUT: Payout = {
  ...{ id: 'payout-1', workspaceId: HOME, currency: 'EUR', status: 'draft', statements: [], leftOut: [], by: 'U1', at: AT, needs: 1 },
  ...{ limit: null, approvals: [], reference: '', handedOut: null, paid: null, takenBack: null, due: null, rev: 0 },
};
const LATER = addDays(AT, 40);
const zoe = anActor({ userId: 'U0ZOE', role: 'manager' });
let partner: Partner;
let other: Partner;
beforeEach(async () => {
  await aProgramme();
  [partner, other] = [await aPartner(), await aPartner({ name: 'Peatworks', domains: ['peatworks.example'] })];
});
const free = async () => {
  const whose = await listUnpaidPartners(HOME);
  return (await Promise.all(whose.map((id) => listFree(HOME, id, 10_000)))).flat().map(({ source }) => source);
};
const payable = async (id: string) =>
  sumOf(
    (await listOfPartner(HOME, id, TRANSACTION_KINDS)).flatMap(({ postings }) =>
      postings.filter(({ account }) => account === 'payable').map(({ minor }) => minor),
    ),
  );
const made = async (at = LATER) => (await makePayout(milo, 'EUR', at)).payout;
const paid = async (payout: Payout) => {
  await approvePayout(zoe, payout.id, LATER);
  return markPayoutPaid(zoe, { id: payout.id, reference: 'BANK-1' }, LATER);
};

const rulesOf = (secondApproval: string) => {
  const given = { claimDays: 14, lookBackDays: 90, halfLifeDays: 30, roleWeights: 'source: 40', currency: 'EUR', fiscalYearStart: 1 };
  return MeasureRulesGiven.parse({ ...given, secondApproval });
};

test('what is held, or of a partner without confirmed details, is left out and said why; debts and sums below the least are carried', async () => {
  await keptPlan({ leastPayoutMinor: 5000 });
  await paidTo(partner.id, piaOf(partner));
  await aCommission({ source: 'a', partnerId: partner.id, minor: 4000 });
  await aCommission({ source: 'b', partnerId: partner.id, minor: 9000, holdUntil: addDays(LATER, 1) });
  await aCommission({ source: 'c', partnerId: other.id, minor: 7000 });
  await aCommission({ source: 'd', partnerId: 'gone', minor: 1 });
  await expect(made()).rejects.toMatchObject({ code: 'payout-nothing' });
  await aCommission({ source: 'e', partnerId: partner.id, minor: 1000 });
  const payout = await made();
  expect(payout.statements).toMatchObject([
    { partnerId: partner.id, netMinor: 5000, payoutMinor: 5000, carriedOutMinor: 0, leastMinor: 5000 },
  ]);
  expect(await listPayouts(HOME, 1)).toEqual([
    { ...payout, leftOut: [], statements: payout.statements.map((one) => ({ ...one, lines: [] })) },
  ]);
  expect(payout.leftOut).toEqual([
    { partnerId: partner.id, why: 'on-hold', count: 1, minor: 9000, until: addDays(LATER, 1) },
    { partnerId: other.id, why: 'no-details', count: 1, minor: 7000, until: null },
    { partnerId: 'gone', why: 'partner-gone', count: 1, minor: 1, until: null },
  ]);
  await paid(payout);
  await aCommission({ source: 'back', partnerId: partner.id, minor: -6000 });
  await paidTo(other.id, ana);
  const second = await made(addHours(LATER, 1));
  expect(second.statements).toMatchObject([{ payoutMinor: 0, carriedOutMinor: -6000 }, { payoutMinor: 7000 }]);
  await paid(second);
  await aCommission({ source: 'f', partnerId: partner.id, minor: 2000 });
  const third = await made(addDays(LATER, 2));
  expect(third.statements).toMatchObject([{ carriedInMinor: -6000, netMinor: 5000, payoutMinor: 5000, carriedOutMinor: 0 }]);
  await paid(third);
  expect([await payable(partner.id), await payable(other.id)]).toEqual([0, 0]);
});

test('two at once make one payout, and approve, pay and take back once; each step is on record', async () => {
  await paidTo(partner.id, piaOf(partner));
  await aCommission({ source: 'a', partnerId: partner.id, minor: 4000 });
  const both = await Promise.all([makePayout(milo, 'EUR', LATER), makePayout(ana, 'EUR', LATER), makePayout(milo, 'EUR', LATER)]);
  expect(both.filter(({ changed }) => changed)).toHaveLength(1);
  expect(new Set(both.map(({ payout }) => payout.id)).size).toBe(1);
  const [{ payout }] = both;
  await expect(makePayout(mia, 'EUR', LATER)).rejects.toMatchObject({ code: 'role-needed' });
  await expect(lookAtPayouts(piaOf(partner), LATER)).rejects.toMatchObject({ code: 'internal-only' });
  await expect(markPayoutPaid(milo, { id: payout.id, reference: 'X' }, LATER)).rejects.toMatchObject({ code: 'payout-moved-on' });
  const approvals = await Promise.all([approvePayout(milo, payout.id, LATER), approvePayout(ana, payout.id, LATER)]);
  expect(approvals.filter(({ changed }) => changed)).toHaveLength(1);
  const pay = (by: Actor) => markPayoutPaid(by, { id: payout.id, reference: 'BANK-1' }, LATER);
  expect((await Promise.all([pay(milo), pay(ana)])).filter(({ changed }) => changed)).toHaveLength(1);
  await Promise.all([settlePayout(HOME, payout.id, LATER), settlePayout(HOME, payout.id, LATER)]);
  expect(await findTransaction(HOME, `payout:${payout.id}:${partner.id}`)).toMatchObject({ kind: 'paid', evidence: { words: 'BANK-1' } });
  expect([await payable(partner.id), await free()]).toEqual([0, []]);
  const back = { id: payout.id, because: 'Wrong account' };
  await expect(takeBackPayout(milo, { ...back, status: 'approved' }, LATER)).rejects.toMatchObject({ code: 'payout-moved-on' });
  await Promise.all([1, 2].map(() => takeBackPayout(milo, { ...back, status: 'paid' }, LATER)));
  expect(await findTransaction(HOME, `reversed:payout:${payout.id}:${partner.id}`)).toMatchObject({
    of: `payout:${payout.id}:${partner.id}`,
  });
  expect([await payable(partner.id), await free()]).toEqual([4000, ['a']]);
  const steps = (await listAudit(HOME, { subject: `payout:${payout.id}` })).map(({ action }) => action);
  expect(steps.sort()).toEqual(['payout.approve', 'payout.make', 'payout.pay', 'payout.take-back']);
});

test('a larger sum needs two people, of whom the second had no hand in the payment details; changed details end the draft', async () => {
  await paidTo(partner.id, ana);
  await aCommission({ source: 'a', partnerId: partner.id, minor: 100_001 });
  const payout = await made();
  expect(payout.needs).toBe(2);
  expect(await approvePayout(milo, payout.id, LATER)).toMatchObject({ changed: true, payout: { status: 'draft' } });
  await expect(approvePayout(milo, payout.id, LATER)).rejects.toMatchObject({ code: 'payout-second-needed' });
  await expect(approvePayout(ana, payout.id, LATER)).rejects.toMatchObject({ code: 'payout-other-needed' });
  expect(await approvePayout(zoe, payout.id, LATER)).toMatchObject({ payout: { status: 'approved' } });
  await takeBackPayout(milo, { id: payout.id, status: 'approved', because: 'x' }, LATER);
  expect(await free()).toEqual(['a']);
  const next = await made();
  await paidTo(partner.id, piaOf(partner));
  await expect(approvePayout(zoe, next.id, LATER)).rejects.toMatchObject({ code: 'payout-outdated' });
});

test('details that change after the approval keep its files from going out and it from being marked as paid; once a file is out it stands', async () => {
  await paidTo(partner.id, piaOf(partner));
  await aCommission({ source: 'a', partnerId: partner.id, minor: 1000 });
  const approved = async () => (await approvePayout(zoe, (await made()).id, LATER)).payout;
  const pay = ({ id }: Payout) => markPayoutPaid(zoe, { id, reference: 'BANK-1' }, LATER);
  const handOut = (payout: Payout) => handOutPayout(zoe, payout, { names: ['bank.xml'], isToPay: true }, LATER);
  const first = await approved();
  await paidTo(partner.id, ana);
  for (const act of [handOut, pay]) await expect(act(first)).rejects.toMatchObject({ code: 'payout-outdated' });
  await takeBackPayout(milo, { id: first.id, status: 'approved', because: 'x' }, LATER);
  const second = await approved();
  await handOut(second);
  await paidTo(partner.id, piaOf(partner));
  await expect(handOut(second)).rejects.toMatchObject({ code: 'payout-outdated' });
  expect(await pay(second)).toMatchObject({ changed: true });
});

test('a payout that is taken back while somebody approves it keeps no line', async () => {
  await paidTo(partner.id, piaOf(partner));
  await aCommission({ source: 'a', partnerId: partner.id, minor: 1000 });
  const refused = (error: unknown) => (error instanceof Error && error.name === 'Refusal' ? null : Promise.reject(error));
  for (let round = 0; round < 12; round++) {
    const { id } = await made();
    await aCommission({ source: `back-${round}`, of: 'a', partnerId: partner.id, minor: -1 });
    const approve = () => approvePayout(zoe, id, LATER).catch(refused);
    const takeBack = () => takeBackPayout(milo, { id, status: 'draft', because: 'x' }, LATER);
    await Promise.all([...Array.from({ length: 6 }, approve), takeBack(), ...Array.from({ length: 6 }, approve)]);
    expect(await free()).toContain('a');
  }
});

test('what refunds take back after the draft keeps it from being approved, and from being marked as paid unseen; the next payout deducts it', async () => {
  await paidTo(partner.id, piaOf(partner));
  await aCommission({ source: 'a', partnerId: partner.id, minor: 1000 });
  const first = await made();
  await aCommission({ source: 'back-1', of: 'a', partnerId: partner.id, minor: -400 });
  await expect(approvePayout(zoe, first.id, LATER)).rejects.toMatchObject({ code: 'payout-outdated' });
  await takeBackPayout(milo, { id: first.id, status: 'draft', because: 'x' }, LATER);
  const second = await made(addHours(LATER, 1));
  expect(totalOf(second)).toBe(600);
  await approvePayout(zoe, second.id, LATER);
  await aCommission({ source: 'back-2', of: 'a', partnerId: partner.id, minor: -100 });
  const pay = { id: second.id, reference: 'BANK-1' };
  await expect(markPayoutPaid(milo, pay, LATER)).rejects.toMatchObject({ code: 'payout-refunded' });
  expect((await lookAtTakenBack(milo, second.id, LATER)).back).toEqual({ count: 1, minor: -100 });
  await markPayoutPaid(milo, { ...pay, knownBack: 1 }, LATER);
  expect([await payable(partner.id), await free()]).toEqual([-100, ['back-2']]);
});

test('whoever raised the sum for two approvals approves alone nothing that was made since; the payout says which sum held', async () => {
  await paidTo(partner.id, piaOf(partner));
  await aCommission({ source: 'a', partnerId: partner.id, minor: 500_000 });
  const set = async (secondApproval: string) => {
    const { rev } = await openMeasureRules(ana, AT);
    await changeMeasureRules(ana, { ...rulesOf(secondApproval), rev }, AT);
  };
  await set('99,999');
  const payout = await made();
  await set('1,000');
  expect(payout).toMatchObject({ needs: 1, limit: { minor: 9_999_900, currency: 'EUR', raisedBy: ana.userId } });
  expect(await approvePayout(ana, payout.id, LATER)).toMatchObject({ payout: { status: 'draft' } });
  expect(JSON.stringify(payoutView(payout, new Map()))).toContain('Above 99,999 EUR two people approve');
  expect(await approvePayout(zoe, payout.id, LATER)).toMatchObject({ payout: { status: 'approved' } });
  await takeBackPayout(milo, { id: payout.id, status: 'approved', because: 'x' }, LATER);
  const back = await made();
  expect(back).toMatchObject({ needs: 2, limit: { raisedBy: null } });
  await takeBackPayout(milo, { id: back.id, status: 'draft', because: 'x' }, LATER);
  await set('5,000');
  const limit = { minor: 500_000, raisedBy: ana.userId, alsoRaisedBy: [] };
  expect(await made()).toMatchObject({ needs: 1, limit });
});

test('a sum that the limit let through before it was raised is approved by whoever raised it', async () => {
  await paidTo(partner.id, piaOf(partner));
  await aCommission({ source: 'a', partnerId: partner.id, minor: 100_000 });
  await changeMeasureRules(ana, { ...rulesOf('99,999'), rev: (await openMeasureRules(ana, AT)).rev }, AT);
  const payout = await made();
  expect(payout).toMatchObject({ needs: 1, limit: { raisedBy: null } });
  expect(await approvePayout(ana, payout.id, LATER)).toMatchObject({ payout: { status: 'approved' } });
});

test.each([
  ['raised', null, 'EUR', 150_000, ['U9', 100_000]],
  ['raised again by another', ['U1', 50_000], 'EUR', 150_000, ['U9', 50_000, 'U1']],
  ['raised again by one of two', ['U9', 50_000, 'U1'], 'EUR', 150_000, ['U9', 50_000, 'U1']],
  ['lowered, but not as far', ['U1', 50_000, 'U2'], 'EUR', 60_000, ['U1', 50_000, 'U2']],
  ['lowered to what it was', ['U1', 50_000, 'U2'], 'EUR', 50_000, null],
  ['left as it is', null, 'EUR', 100_000, null],
  ['the same number in another currency', null, 'KWD', 1_000_000, ['U9', 0]],
  ['a lower number in another currency, raised before', ['U1', 50_000], 'JPY', 150, ['U9', 0, 'U1']],
] as const)('a limit that is %s', (_what, before, currency, secondApprovalMinor, after) => {
  const raised = (one: readonly [string, number, string?] | null) =>
    one && { by: one[0], at: AT, fromMinor: one[1], alsoBy: one.slice(2).map(String) };
  const seen = { currency: 'EUR', secondApprovalMinor: 100_000, limitRaised: raised(before) };
  expect(raisedBy(seen, { currency, secondApprovalMinor }, { by: 'U9', at: AT })).toEqual(raised(after));
});

test.each([
  [1, 'one who raised the limit', ['U1'], false],
  [1, 'another who did before', ['U2'], false],
  [1, 'both of them', ['U1', 'U2'], true],
  [1, 'somebody else', ['U3'], true],
  [2, 'somebody else', ['U3'], false],
])('of %d needed, %s approves', (needs, _who, by, enough) => {
  const limit = { minor: 1, currency: 'EUR', raisedBy: 'U1', alsoRaisedBy: ['U2'] };
  expect(isApproved({ needs, limit, approvals: by.map((one) => ({ by: one, at: AT })) })).toBe(enough);
});

test('what was taken back is left out of no payout, however many lines there are, and what is beyond is said', async () => {
  await paidTo(partner.id, piaOf(partner));
  for (const source of ['a', 'b', 'c']) await aCommission({ source, partnerId: partner.id, minor: 1000 });
  await aCommission({ source: 'z-back', of: 'c', partnerId: partner.id, minor: -300 });
  const [owed] = await workOutOwed(HOME, LATER, 3);
  expect(owed?.statements).toMatchObject([{ netMinor: 1700, lines: [{ source: 'a' }, { source: 'b' }, { source: 'z-back' }] }]);
  expect(owed?.leftOut).toEqual([{ partnerId: partner.id, why: 'no-room', count: 1, minor: 1000, until: null }]);
  await paid(await made());
  expect(await listUnpaidPartners(HOME)).toEqual([]);
});

test('what a sale earns is in no payout, and approved in none, until the sale is worked out from what is known of it', async () => {
  await paidTo(partner.id, piaOf(partner));
  await aCommission({ source: 'a', partnerId: partner.id, minor: 1000 });
  const first = await made();
  await aSale();
  await expect(approvePayout(zoe, first.id, LATER)).rejects.toMatchObject({ code: 'payout-outdated' });
  await takeBackPayout(milo, { id: first.id, status: 'draft', because: 'x' }, LATER);
  const why = async () => (await workOutOwed(HOME, LATER)).flatMap(({ leftOut }) => leftOut.map((left) => left.why));
  expect(await why()).toEqual(['not-worked-out']);
  const rate = { from: 'USD', to: 'EUR', day: '2026-11-23' };
  await waitForRate(HOME, 'crm:1', { since: AT, until: addDays(LATER, 1), rate });
  await expect(made()).rejects.toMatchObject({ code: 'payout-nothing' });
  await settleSale(HOME, 'crm:1', 'accrueDue', addDays(LATER, 1));
  expect(await paid(await made())).toMatchObject({ changed: true });
});

test('all that is left out can be read page by page, and none of it is cut', () => {
  const leftOut = Array.from({ length: 60 }, (_, place) => ({
    partnerId: `p${place}`,
    why: 'no-details' as const,
    count: 1,
    minor: 100,
    until: null,
  }));
  const names = new Map(leftOut.map(({ partnerId }) => [partnerId, `${partnerId} ${'x'.repeat(70)}`]));
  const page = (from: number) => JSON.stringify(payoutView({ ...A_PAYOUT, leftOut }, names, '', from));
  const shown = [...`${page(0)}${page(40)}`.matchAll(/\*(p\d+) x{70}\*: 1 EUR left out, no confirmed payment details: the partner/g)];
  expect(new Set(shown.map(([, id]) => id)).size).toBe(60);
});

test('how many approve a sum in another currency follows from the last rate of the bank, never from one that was typed', async () => {
  await paidTo(partner.id, piaOf(partner), milo, { currency: 'AED', method: 'other', reference: 'Account 1234' });
  await aCommission({ source: 'a', partnerId: partner.id, minor: 300_000, currency: 'AED' });
  const madeAndBack = async () => {
    const { payout } = await makePayout(milo, 'AED', LATER);
    await takeBackPayout(milo, { id: payout.id, status: 'draft', because: 'x' }, LATER);
    return payout.needs;
  };
  await typeRate(HOME, { day: '2027-01-02', currency: 'AED', rate: '999999', from: 'A paper' }, { by: milo.userId, at: LATER });
  expect(await madeAndBack()).toBe(2);
  await keepRates(HOME, [{ day: '2026-12-01', perEuro: { AED: '4' } }]);
  expect(await madeAndBack()).toBe(1);
});

test('a sum without a rate to our currency needs two people', async () => {
  await paidTo(partner.id, piaOf(partner), milo, { currency: 'USD', method: 'paypal', reference: 'pia@quillmont.example' });
  await aCommission({ source: 'a', partnerId: partner.id, minor: 5, currency: 'USD' });
  await aCommission({ source: 'b', partnerId: partner.id, minor: 5 });
  expect((await makePayout(milo, 'USD', LATER)).payout).toMatchObject({ needs: 2, currency: 'USD' });
  const { owed } = await lookAtPayouts(milo, LATER);
  expect(owed).toMatchObject([{ currency: 'EUR', statements: [], leftOut: [{ why: 'other-currency' }] }]);
});

test('however payouts are made, approved, paid and taken back, at once too, each line is paid once or free, and the ledger says what is left', async () => {
  await paidTo(partner.id, piaOf(partner));
  await paidTo(other.id, ana);
  let count = 0;
  const step = fc.oneof(
    fc.record({ kind: fc.constant('earn' as const), who: fc.boolean(), minor: fc.integer({ min: -3000, max: 9000 }) }),
    fc.record({ kind: fc.constantFrom('make', 'approve', 'pay', 'back') }),
  );
  const run = async ({ kind, who, minor }: { kind: string; who?: boolean; minor?: number }) => {
    if (kind === 'earn') return aCommission({ source: `line-${++count}`, partnerId: (who ? partner : other).id, minor: minor || 1 });
    if (kind === 'make') return makePayout(milo, 'EUR', LATER);
    const [newest] = await listPayouts(HOME, 1);
    if (!newest) return null;
    if (kind === 'approve') return approvePayout(zoe, newest.id, LATER);
    if (kind === 'pay') return markPayoutPaid(milo, { id: newest.id, reference: 'X' }, LATER);
    return takeBackPayout(milo, { id: newest.id, status: newest.status, because: 'x' }, LATER);
  };
  const refused = (error: unknown) => (error instanceof Error && error.name === 'Refusal' ? null : Promise.reject(error));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, step), { minLength: 3, maxLength: 8 }), async (rounds) => {
      for (const two of rounds) await Promise.all(two.map((one) => run(one).catch(refused)));
      const payouts = await Promise.all((await listPayouts(HOME, 1000)).map(({ id }) => getPayout(HOME, id)));
      const standing = payouts.filter(({ status }) => status !== 'taken-back').flatMap(paidStatements);
      const inPayouts = standing.flatMap(({ lines }) => lines.map(({ source }) => source));
      const all = Array.from({ length: count }, (_, index) => `line-${index + 1}`);
      expect([...inPayouts, ...(await free())].sort()).toEqual(all.sort());
      for (const { id } of [partner, other]) {
        const lines = await listOfPartner(HOME, id, ['earned', 'clawback']);
        const owed = sumOf(lines.map(({ postings }) => postings[0]?.minor ?? 0));
        const gone = payouts.filter(({ status }) => status === 'paid').flatMap(paidStatements);
        expect(await payable(id)).toBe(owed - sumOf(gone.filter((one) => one.partnerId === id).map(({ payoutMinor }) => payoutMinor)));
      }
      for (const payout of payouts)
        expect(totalOf(payout)).toBe(sumOf(paidStatements(payout).flatMap(({ lines }) => lines.map(({ minor }) => minor))));
    }),
    { numRuns: 15 },
  );
});

test('a line whose hold ends at this moment is due', () => {
  const line = { source: 'a', day: '2026-11-23', saleId: null, product: '', minor: 5, carried: false };
  const one = { partnerId: 'p', isKnown: true, currency: 'EUR', line, leastMinor: 0 };
  const facts = { currency: 'EUR', carried: new Set<string>(), entries: new Map([['p', { id: 'e', currency: 'EUR' }]]), at: AT };
  expect(sortedOut([{ ...one, holdUntil: AT, waits: null }], facts).statements).toHaveLength(1);
  expect(sortedOut([{ ...one, holdUntil: new Date(AT.getTime() + 1), waits: null }], facts).leftOut).toMatchObject([{ why: 'on-hold' }]);
});
