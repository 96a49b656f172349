import { addDays, addHours } from 'date-fns';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { followProtection } from '../../../jobs/manage/follow-protection.ts';
import { sweepEndedPartners } from '../../../jobs/manage/sweep-ended-partners.ts';
import { sweepProtection } from '../../../jobs/manage/sweep-protection.ts';
import type { Deps } from '../../../src/deps.ts';
import type { Deal } from '../../../src/manage/deals/deal.ts';
import { getDeal } from '../../../src/manage/deals/deal-repository.ts';
import { decideDeal } from '../../../src/manage/deals/decide-deal.ts';
import {
  answerExtension,
  askExtension,
  closeByHand,
  logActivity,
  revokeDeal,
  withdrawDeal,
} from '../../../src/manage/deals/protect-deal.ts';
import { endPartner } from '../../../src/onboard/partners/move-partner.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { EXT_QUILLMONT, MILO, PIA } from '../../sandbox/cast.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner, changed, piaOf } from '../../support/a-partner.ts';
import { AT, HOME, mia, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let clock = AT;
let product: Product;
let partner: Partner;
let deal: Deal;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => clock, workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  clock = AT;
  product.sandbox.calls.length = 0;
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  partner = await aPartner();
  deal = await aDeal(partner);
  await decideDeal(milo, deal.id, { move: 'approve' }, { byName: 'Milo', at: AT });
});

const END = addDays(AT, 90);
const ref = () => ({ workspaceId: HOME, dealId: deal.id });
/** What the sweep of that minute does: the jobs it queues run at once. */
const sweep = async (at: Date, sweeper = sweepProtection) => {
  clock = at;
  const enqueue: Deps['enqueue'] = async (job, payload) => job.run(payload, { ...product.deps, enqueue });
  await sweeper.run({}, { ...product.deps, enqueue });
};
const inChannel = () =>
  product.sandbox.messages({ as: PIA, channel: EXT_QUILLMONT }).filter(({ text }) => text.startsWith('About your deal'));
const toOwner = () => product.sandbox.messages({ as: MILO, channel: product.sandbox.dmWith(MILO) });
const words = (messages: { blocks?: unknown }[]) => messages.map(({ blocks }) => JSON.stringify(blocks));
const current = () => getDeal(HOME, deal.id);
const counted = (before: number) => inChannel().length - before;

test('approval gives 90 days; both sides are warned 14 and 3 days before, and told of the end, each once', async () => {
  expect(await current()).toMatchObject({ status: 'approved', approvedAt: AT, protectedUntil: END });
  const [theirs, ours] = [inChannel().length, toOwner().length];
  await sweep(AT);
  expect(counted(theirs)).toBe(0);
  await logActivity(piaOf(partner), deal.id, 'Showed it to their head of IT', addDays(AT, 60));
  await sweep(addDays(END, -15));
  expect(counted(theirs)).toBe(0);
  await sweep(addDays(END, -14));
  await sweep(addDays(END, -14));
  expect(counted(theirs)).toBe(1);
  expect(words(inChannel()).at(-1)).toContain('Ask for More Time');
  await sweep(addDays(END, -3));
  await sweep(addDays(END, -2));
  expect(counted(theirs)).toBe(2);
  await sweep(addHours(END, -1));
  expect(await current()).toMatchObject({ status: 'approved' });
  await sweep(END);
  await sweep(addDays(END, 1));
  expect(await current()).toMatchObject({ status: 'expired', noticeAt: null });
  expect(counted(theirs)).toBe(3);
  expect(words(inChannel()).at(-1)).toMatch(/ended <!date\^\d+/);
  expect(toOwner().length - ours).toBe(3);
});

test('two workers at once, and one that was stopped before it noted what it told, tell nobody twice', async () => {
  const before = inChannel().length;
  clock = addDays(END, -14);
  await Promise.allSettled([1, 2].map(() => followProtection.run(ref(), product.deps)));
  await followProtection.run(ref(), product.deps);
  expect(counted(before)).toBe(1);
  const { notices } = await current();
  const { DealModel } = await import('../../../src/manage/deals/deal-repository.ts');
  await DealModel.updateOne({ _id: deal.id }, { $set: { notices: [], noticeAt: clock } });
  await sweep(clock);
  expect(counted(before)).toBe(1);
  expect((await current()).notices).toEqual(notices);
});

test('after downtime over the whole end, what is said is the end and its real day', async () => {
  const before = inChannel().length;
  await sweep(addDays(END, 20));
  expect(counted(before)).toBe(1);
  expect(words(inChannel()).at(-1)).toContain(`^${END.getTime() / 1000}^`);
});

async function askedForTime(): Promise<void> {
  clock = addDays(END, -10);
  await logActivity(piaOf(partner), deal.id, 'They want an offer', clock);
  await askExtension(piaOf(partner), deal.id, clock);
}

test('more time is given once, for work that was logged', async () => {
  const late = addDays(END, -10);
  await expect(askExtension(piaOf(partner), deal.id, addDays(END, -20))).rejects.toMatchObject({ details: { why: 'too-early' } });
  await expect(askExtension(piaOf(partner), deal.id, late)).rejects.toMatchObject({ details: { why: 'no-activity' } });
  await logActivity(piaOf(partner), deal.id, 'They want an offer', late);
  await askExtension(piaOf(partner), deal.id, late);
  await askExtension(piaOf(partner), deal.id, late);
  await sweep(late);
  const card = toOwner().find(({ text }) => text.includes('asks for more time'));
  expect(JSON.stringify(card?.blocks)).toContain('They want an offer');
  await expect(answerExtension(piaOf(partner), deal.id, 'granted', late)).rejects.toMatchObject({ code: 'internal-only' });
  await expect(answerExtension(mia, deal.id, 'granted', late)).rejects.toMatchObject({ code: 'role-needed' });
  const both = await Promise.allSettled([1, 2].map(() => answerExtension(milo, deal.id, 'granted', late)));
  expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
  const longer = addDays(END, 45);
  expect(await current()).toMatchObject({ status: 'approved', protectedUntil: longer, extension: { answer: 'granted' } });
  await sweep(late);
  expect(words(inChannel()).at(-1)).toContain('More time for');
  const again = toOwner().find(({ text }) => text.includes('asks for more time'));
  expect(JSON.stringify(again?.blocks)).toContain('Extended by');
  await expect(askExtension(piaOf(partner), deal.id, addDays(longer, -1))).rejects.toMatchObject({ details: { why: 'once' } });
  const before = inChannel().length;
  await sweep(addDays(longer, -14));
  expect(counted(before)).toBe(1);
});

test('of two managers at once, one extends or leaves it as it is, and the other finds it answered', async () => {
  const late = addDays(END, -10);
  for (let round = 0; round < 4; round++) {
    const one = await aDeal(partner, { company: `Thistle ${round}`, website: `thistle${round}.example` });
    await decideDeal(milo, one.id, { move: 'approve' }, { byName: 'Milo', at: AT });
    await logActivity(piaOf(partner), one.id, 'They want an offer', late);
    await askExtension(piaOf(partner), one.id, late);
    const both = await Promise.all((['granted', 'left'] as const).map((answer) => answerExtension(milo, one.id, answer, late)));
    expect(both.map(({ changed }) => changed).sort()).toEqual([false, true]);
    const { extension, protectedUntil } = await getDeal(HOME, one.id);
    expect(extension?.answer).toBe(both[0]?.changed ? 'granted' : 'left');
    expect(protectedUntil).toEqual(both[0]?.changed ? addDays(END, 45) : END);
  }
});

test('revoked, withdrawn or won: the partner reads it, with the reason', async () => {
  await expect(revokeDeal(piaOf(partner), deal.id, { code: '', words: 'mine' }, AT)).rejects.toMatchObject({ code: 'internal-only' });
  await revokeDeal(milo, deal.id, { code: '', words: 'You sell a rival to them' }, AT);
  await sweep(AT);
  expect(words(inChannel()).at(-1)).toContain('You sell a rival to them');
  for (const [end, said] of [
    [(id: string) => withdrawDeal(piaOf(partner), id, AT), 'was withdrawn'],
    [(id: string) => closeByHand(milo, id, 'win', AT), 'is won'],
  ] as const) {
    deal = await aDeal(partner);
    await decideDeal(milo, deal.id, { move: 'approve' }, { byName: 'Milo', at: AT });
    await end(deal.id);
    await sweep(AT);
    expect(words(inChannel()).at(-1)).toContain(said);
  }
  expect(await listAudit(HOME, { action: 'deal.win' })).toHaveLength(1);
});

test('a manager closes it as won with its final value and day; a sum without a currency and a day to come are said', async () => {
  await askedForTime();
  const hand = product.sandbox.as(MILO);
  const shown = (part: string) =>
    product.sandbox.waitFor(() => {
      const modal = product.sandbox.modal(MILO);
      return JSON.stringify(modal ?? {}).includes(part) && modal;
    });
  await forgedClick(product, product.sandbox.sourceOf(MILO), { actionId: ACTIONS.dealShow, value: deal.id });
  const card = await shown('Won…');
  expect(JSON.stringify(card)).toContain('More time asked for');
  await hand.click(card, ACTIONS.dealWin, { value: deal.id });
  const form = await shown('in the end');
  const day = new Date(clock.getTime()).toISOString().slice(0, 10);
  expect(await hand.submit(form, { value: '9000', day })).toMatchObject({ errors: { value: expect.stringContaining('currency') } });
  expect(await hand.submit(form, { value: '9,000 EUR', day: '2099-01-01' })).toMatchObject({ errors: { day: expect.any(String) } });
  await hand.submit(form, { value: '9,000 EUR', day });
  await shown('*Won*');
  expect(await current()).toMatchObject({ status: 'won', closedOn: day, value: { minor: 900_000, currency: 'EUR' } });
});

test('a deal without activity asks both sides once whether they are still on it', async () => {
  const before = inChannel().length;
  for (const days of [29, 31, 33]) await sweep(addDays(AT, days));
  expect(counted(before)).toBe(1);
  expect(words(inChannel()).at(-1)).toContain('Still on It');
});

test('without a channel it goes by mail, and when the partnership ends too', async () => {
  partner = await changed(partner, { channel: null });
  const before = inChannel().length;
  await sweep(addDays(END, -14));
  expect(counted(before)).toBe(0);
  await endPartner(milo, partner.id, 'They closed', clock);
  await sweep(addDays(END, -13), sweepEndedPartners);
  expect(await current()).toMatchObject({ status: 'revoked', notices: expect.arrayContaining(['ended:revoked']) });
  const subjects = product.sandbox.mail.map((mail) => JSON.stringify(mail));
  expect(subjects.filter((one) => one.includes('protected until'))).toHaveLength(1);
  expect(subjects.filter((one) => one.includes('registration has ended'))).toHaveLength(1);
});

test('Pia opens her deal, logs what she did, and sees nothing internal; a colleague of another partner sees nothing', async () => {
  await forgedClick(product, product.sandbox.sourceOf(PIA), { actionId: ACTIONS.dealShow, value: deal.id });
  const text = await product.sandbox.waitFor(() => {
    const shown = JSON.stringify(product.sandbox.modal(PIA) ?? {});
    return shown.includes('History') && shown;
  });
  expect(text).toContain('90 days left');
  expect(text).not.toMatch(/points|Won|Take Back|U0MILO/);
  await forgedClick(product, product.sandbox.sourceOf(PIA), { actionId: ACTIONS.dealLog, value: deal.id });
  const form = await product.sandbox.waitFor(
    () => product.sandbox.modal(PIA)?.blocks.some(({ type }) => type === 'input') && product.sandbox.modal(PIA),
  );
  await product.sandbox.as(PIA).submit(form, { words: 'A demo on Tuesday' });
  await product.sandbox.waitFor(() => JSON.stringify(product.sandbox.modal(PIA) ?? {}).includes('A demo on Tuesday'));
  expect(await current()).toMatchObject({ activities: [{ words: 'A demo on Tuesday', isTeam: false }] });
});

test('My Deals says of each deal where it stands, what comes next and how many days are left, and opens it from there', async () => {
  clock = addDays(END, -12);
  await forgedClick(product, product.sandbox.sourceOf(PIA), { actionId: ACTIONS.dealMine, value: partner.id });
  const list = await product.sandbox.waitFor(() => {
    const modal = product.sandbox.modal(PIA);
    return JSON.stringify(modal ?? {}).includes('12 days left') && modal;
  });
  for (const part of ['Approved', 'Log what you do', 'Log Activity', 'Withdraw']) expect(JSON.stringify(list)).toContain(part);
  await product.sandbox.as(PIA).click(list, ACTIONS.dealShow, { value: deal.id });
  await product.sandbox.waitFor(() => JSON.stringify(product.sandbox.modal(PIA) ?? {}).includes('History'));
});
