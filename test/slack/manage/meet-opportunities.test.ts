import { addDays, addMinutes } from 'date-fns';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS, type ActionId } from '../../../blocks/ids.ts';
import { meetOpportunities } from '../../../jobs/manage/meet-opportunities.ts';
import { sweepOpportunities } from '../../../jobs/manage/sweep-opportunities.ts';
import { tellDeal } from '../../../jobs/manage/tell-deal.ts';
import type { Deps } from '../../../src/deps.ts';
import type { FoundOpportunity } from '../../../src/manage/crm/crm-record.ts';
import { findOpportunity, findOwner, nameOwner } from '../../../src/manage/crm/mirror-repository.ts';
import { savePush } from '../../../src/manage/crm/push-repository.ts';
import { getDeal } from '../../../src/manage/deals/deal-repository.ts';
import { decideDeal } from '../../../src/manage/deals/decide-deal.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { ANA, EXT_QUILLMONT, MILO, PIA } from '../../sandbox/cast.ts';
import { foundAccount, foundOpportunity, foundOwner, take } from '../../support/a-crm.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner } from '../../support/a-partner.ts';
import { AT, HOME, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let clock = AT;
let product: Product;
let partner: Partner;
let queued: string[] = [];
beforeAll(async () => {
  product = await startProduct(uri, { now: () => clock, workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  clock = AT;
  queued = [];
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  partner = await aPartner();
  await take('owners', { records: [foundOwner()] });
  await take('accounts', { records: [foundAccount()] });
});

/** The jobs that are queued run at once. */
const deps = (): Deps => {
  const enqueue: Deps['enqueue'] = async (job, payload) => {
    queued.push(job.name);
    await job.run(payload, { ...product.deps, enqueue });
  };
  return { ...product.deps, enqueue };
};
const meet = () => meetOpportunities.run({ workspaceId: HOME }, deps());
const ANAS_ID = `${HOME}:hubspot:o1`;
const told = (who: string) =>
  product.sandbox
    .messages({ as: who, channel: product.sandbox.dmWith(who) })
    .filter(({ blocks }) => JSON.stringify(blocks ?? '').includes('is protected for'));
const theirs = () => product.sandbox.messages({ as: PIA, channel: EXT_QUILLMONT });
const words = (messages: object[]) => JSON.stringify(messages);
const approved = async () => {
  const deal = await aDeal(partner);
  await decideDeal(milo, deal.id, { move: 'approve' }, { byName: 'Milo', at: AT });
  return deal;
};
const warnings = async (dealId: string) =>
  (await listAudit(HOME, { subject: `deal:${dealId}` })).filter(({ action }) => action === 'deal.seller-warned');

test('a seller is warned once of a protected account, though two workers find the opportunity, and the partner hears nothing', async () => {
  await nameOwner(HOME, ANAS_ID, ANA);
  const deal = await approved();
  const [before, heard] = [told(ANA).length, words(theirs())];
  await take('opportunities', { records: [foundOpportunity({ name: 'Forty seats' })] });
  await Promise.all([meet(), meet()]);
  await take('opportunities', { records: [foundOpportunity({ name: 'Forty seats', stage: 'Offer', changedAt: addDays(AT, 1) })] });
  await meet();
  expect(told(ANA).length - before).toBe(1);
  expect(words(told(ANA).slice(-1))).toContain(`<@${MILO}>`);
  expect(words(told(ANA).slice(-1))).toContain(partner.name);
  expect(words(told(ANA).slice(-1))).toContain(`^${addDays(AT, 90).getTime() / 1000}^`);
  expect(await warnings(deal.id)).toHaveLength(1);
  expect(words(theirs())).toBe(heard);
  expect(await findOpportunity(HOME, 'hubspot', 'd1')).toMatchObject({ meetDue: null });
});

test('where the seller is nobody in Slack, or a stranger, the colleague of the partner is told who it is', async () => {
  await approved();
  const before = told(MILO).length;
  await take('opportunities', { records: [foundOpportunity()] });
  await meet();
  expect(told(MILO).length - before).toBe(1);
  const question = told(MILO).at(-1);
  expect(words([question ?? {}])).toContain('The CRM says that *Sol Berg, sol@larkspur.example* owns it');
  await nameOwner(HOME, ANAS_ID, PIA);
  const strangers = told(PIA).length;
  await take('opportunities', { records: [foundOpportunity({ stage: 'Offer', changedAt: addDays(AT, 1) })] });
  await meet();
  expect(told(PIA).length).toBe(strangers);
  expect(words(told(MILO).slice(-1))).toContain('cannot reach');
});

test('whoever says in the message who the seller is has them warned at once; only managers may, and only of a colleague', async () => {
  await approved();
  await take('opportunities', { records: [foundOpportunity({ name: 'Forty seats' })] });
  await meet();
  const [question] = told(MILO).slice(-1);
  if (!question) throw new Error('nobody was asked');
  const before = told(ANA).length;
  const choose = async (value: string, answer: string) => {
    await product.sandbox.as(MILO).click(question, ACTIONS.crmOwnerName, { value });
    const heard = () => words(product.sandbox.messages({ as: MILO, channel: product.sandbox.dmWith(MILO) })).includes(answer);
    await product.sandbox.waitFor(heard, 20_000);
  };
  await choose(PIA, 'Owners in the CRM are colleagues');
  expect(await findOwner(HOME, 'hubspot', 'o1')).toMatchObject({ slackUserId: null });
  await choose(ANA, 'Thank you');
  expect(await findOwner(HOME, 'hubspot', 'o1')).toMatchObject({ slackUserId: ANA });
  await meet();
  expect(told(ANA).length - before).toBe(1);
  expect(words(told(ANA).slice(-1))).toContain('Forty seats (Proposal, 8,800 EUR)');
  const after = words(told(MILO).filter(({ ts }) => ts === question.ts));
  expect(after).toContain(`I told <@${ANA}>`);
  expect(after).not.toContain(ACTIONS.crmOwnerName);
});

test('nobody is warned of another account, a closed sale, one of our own, or after the protection', async () => {
  const deal = await approved();
  const before = told(MILO).length;
  await take('accounts', { records: [foundAccount({ sourceId: 'a2', name: 'Oakfield', domains: ['oakfield.example'] })] });
  await savePush(HOME, {
    ...{ dealId: deal.id, source: 'hubspot', opportunityId: 'd9', hash: 'h', written: {}, conflicts: [], problem: null, at: AT },
  });
  const others = [{ sourceId: 'd2', accountId: 'a2' }, { sourceId: 'd3', state: 'lost' as const }, { sourceId: 'd9' }];
  await take('opportunities', { records: others.map(foundOpportunity) });
  await meet();
  clock = addDays(AT, 91);
  await take('opportunities', { records: [foundOpportunity()] });
  await meet();
  expect(told(MILO).length).toBe(before);
});

test('a deal that is approved although we sell there has its seller warned, and is written to the CRM', async () => {
  await nameOwner(HOME, ANAS_ID, ANA);
  const deal = await aDeal(partner);
  await take('opportunities', { records: [foundOpportunity()] });
  await meet();
  const before = told(ANA).length;
  await decideDeal(milo, deal.id, { move: 'approve' }, { byName: 'Milo', at: AT });
  await tellDeal.run({ workspaceId: HOME, dealId: deal.id }, deps());
  await tellDeal.run({ workspaceId: HOME, dealId: deal.id }, deps());
  expect(told(ANA).length - before).toBe(1);
  expect(queued).toContain('push-deal');
  expect(await warnings(deal.id)).toHaveLength(1);
});

test('a registration that waits is checked anew when a sale comes, and when it goes; it is never rejected by it', async () => {
  const deal = await aDeal(partner);
  await tellDeal.run({ workspaceId: HOME, dealId: deal.id }, deps());
  expect(deal).toMatchObject({ status: 'submitted', check: { code: null } });
  const heard = words(theirs());
  await take('opportunities', { records: [foundOpportunity({ name: 'A secret sale' })] });
  await meet();
  const met = await getDeal(HOME, deal.id);
  expect(met).toMatchObject({ status: 'submitted', showDue: null, check: { code: 'conflict-direct', against: { kind: 'opportunity' } } });
  const cards = product.sandbox.messages({ as: MILO, channel: product.sandbox.dmWith(MILO) });
  expect(words(cards.slice(-1))).toContain('Approve all the same?');
  await take('opportunities', { records: [foundOpportunity({ name: 'A secret sale', stage: 'Offer', changedAt: addMinutes(AT, 1) })] });
  await meet();
  expect((await getDeal(HOME, deal.id)).rev).toBe(met.rev);
  await take('opportunities', { deleted: [{ sourceId: 'd1', at: addMinutes(AT, 2) }] });
  clock = addMinutes(AT, 3);
  await meet();
  expect(await getDeal(HOME, deal.id)).toMatchObject({ status: 'submitted', check: { code: null } });
  expect(words(theirs())).toBe(heard);
});

test.each([
  ['won', 'is won'],
  ['lost', 'closed as lost'],
] as const)('our own deal that is %s in the CRM is closed here, once, and the partner hears it', async (state, said) => {
  const deal = await approved();
  await savePush(HOME, {
    ...{ dealId: deal.id, source: 'hubspot', opportunityId: 'd1', hash: 'h', written: {}, conflicts: [], problem: null, at: AT },
  });
  await take('opportunities', { records: [foundOpportunity()] });
  await meet();
  expect(await getDeal(HOME, deal.id)).toMatchObject({ status: 'approved' });
  await tellDeal.run({ workspaceId: HOME, dealId: deal.id }, deps());
  const before = theirs().length;
  await take('opportunities', { records: [foundOpportunity({ state, changedAt: addMinutes(AT, 1) })] });
  await Promise.all([meet(), meet()]);
  await meet();
  const closed = await getDeal(HOME, deal.id);
  expect(closed).toMatchObject({ status: state });
  expect(closed.history.filter(({ by }) => by === 'crm:o1')).toHaveLength(1);
  const news = theirs().slice(before);
  expect(news).toHaveLength(1);
  expect(words(news)).toContain(said);
  expect(words(news)).not.toMatch(/crm|o1"|Sol Berg/);
});

describe('a sale on a protected account that is closed in the CRM and tied to no deal', () => {
  const asked = () =>
    product.sandbox
      .messages({ as: MILO, channel: product.sandbox.dmWith(MILO) })
      .filter(({ text }) => text.includes('Is this sale the deal of a partner?'));
  const closed = (given: Partial<FoundOpportunity> = {}) =>
    take('opportunities', { records: [foundOpportunity({ state: 'won', stage: 'Won', closedAt: AT, ...given })] });
  const press = async (action: ActionId, answer: string) => {
    const [question] = asked().slice(-1);
    if (!question) throw new Error('nobody was asked');
    const value = JSON.parse(JSON.stringify(question)).blocks.flatMap(({ elements = [] }) => elements)[0].value;
    await product.sandbox.as(MILO).click(question, action, { value });
    await product.sandbox.waitFor(() => words(asked().slice(-1)).includes(answer), 20_000);
  };

  test('is asked about once, and is the deal once a manager says so: ended with its value and day, and still tied after the next file', async () => {
    const deal = await approved();
    const before = asked().length;
    await closed();
    await Promise.all([meet(), meet()]);
    await closed({ name: 'Saltmarsh, fifty seats', changedAt: addMinutes(AT, 1) });
    await meet();
    expect(asked().length - before).toBe(1);
    await press(ACTIONS.dealSaleYes, 'said that it is the deal');
    expect(await getDeal(HOME, deal.id)).toMatchObject({ status: 'won', value: { minor: 880_000 }, closedOn: '2026-11-23' });
    await closed({ name: 'Saltmarsh, sixty seats', changedAt: addMinutes(AT, 2) });
    expect(await findOpportunity(HOME, 'hubspot', 'd1')).toMatchObject({ partnerDealId: deal.id });
    await meet();
    expect(asked().length - before).toBe(1);
  });

  test('or is another one, which is remembered; one closed before the registration is none', async () => {
    const deal = await approved();
    const before = asked().length;
    await closed({ sourceId: 'd0', closedAt: addDays(AT, -3) });
    await meet();
    expect(asked().length).toBe(before);
    await closed();
    await meet();
    await press(ACTIONS.dealSaleNo, 'another sale');
    await closed({ state: 'lost', changedAt: addMinutes(AT, 1) });
    await meet();
    expect(asked().length - before).toBe(1);
    expect(await getDeal(HOME, deal.id)).toMatchObject({ status: 'approved', notes: [{ what: 'sale-other', by: MILO }] });
  });
});

test('what a crash kept back is found by the sweep; what cannot be done waits and keeps nobody', async () => {
  const deal = await approved();
  await take('opportunities', { records: [foundOpportunity()] });
  const broken: Deps = { ...deps(), slackFor: () => Promise.reject(new Error('Slack is down')) };
  await meetOpportunities.run({ workspaceId: HOME }, broken);
  expect(await findOpportunity(HOME, 'hubspot', 'd1')).toMatchObject({ meetDue: addMinutes(AT, 5) });
  await sweepOpportunities.run({}, deps());
  expect(queued).not.toContain('meet-opportunities');
  clock = addMinutes(AT, 6);
  await sweepOpportunities.run({}, deps());
  expect(queued).toContain('meet-opportunities');
  expect(await warnings(deal.id)).toHaveLength(1);
  expect(await findOpportunity(HOME, 'hubspot', 'd1')).toMatchObject({ meetDue: null });
});
