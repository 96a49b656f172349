import { randomUUID } from 'node:crypto';
import { addDays, addHours } from 'date-fns';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { announceDeal } from '../../../jobs/manage/announce-deal.ts';
import { escalateDeal } from '../../../jobs/manage/escalate-deal.ts';
import { tellDeal } from '../../../jobs/manage/tell-deal.ts';
import type { Deps } from '../../../src/deps.ts';
import { defaultRules } from '../../../src/manage/deal-rules/deal-rules.ts';
import { getDealRules, saveDealRules } from '../../../src/manage/deal-rules/deal-rules-repository.ts';
import type { Deal } from '../../../src/manage/deals/deal.ts';
import { getDeal } from '../../../src/manage/deals/deal-repository.ts';
import { listEscalationsDue, listShowsDue } from '../../../src/manage/deals/deal-review-repository.ts';
import { decideDeal, replyToReview } from '../../../src/manage/deals/decide-deal.ts';
import { registerDeal } from '../../../src/manage/deals/register-deal.ts';
import { shareDeal } from '../../../src/manage/deals/share-deal.ts';
import { endPartner } from '../../../src/onboard/partners/move-partner.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { ANA, EXT_QUILLMONT, MIA, MILO, PARTNERSHIPS, PIA } from '../../sandbox/cast.ts';
import { aDeal, SAID } from '../../support/a-deal.ts';
import { aPartner, changed, piaOf } from '../../support/a-partner.ts';
import { AT, HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
let partner: Partner;
beforeAll(async () => {
  product = await startProduct(uri);
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(product.deps.now());
  partner = await aPartner();
});

const press = (who: string, actionId: string, value: string) => forgedClick(product, product.sandbox.sourceOf(who), { actionId, value });
const form = (who: string) =>
  product.sandbox.waitFor(() => product.sandbox.modal(who)?.blocks.some(({ type }) => type === 'input') && product.sandbox.modal(who));
const shown = (who: string, words: string) =>
  product.sandbox.waitFor(() => JSON.stringify(product.sandbox.modal(who) ?? {}).includes(words));
const card = (words: string) =>
  product.sandbox.waitFor(() =>
    product.sandbox
      .messages({ as: MILO, channel: product.sandbox.dmWith(MILO) })
      .find(({ blocks }) => JSON.stringify(blocks).includes(words)),
  );
const theirs = () => product.sandbox.messages({ as: PIA, channel: EXT_QUILLMONT }).filter(({ text }) => !/checklist|desk/i.test(text));
const told = (words: string) => product.sandbox.waitFor(() => theirs().find((message) => JSON.stringify(message).includes(words)));

async function announced(given: Parameters<typeof aDeal>[1] = {}): Promise<Deal> {
  const deal = await aDeal(partner, given);
  await announceDeal.run({ workspaceId: HOME, dealId: deal.id }, product.deps);
  return deal;
}
const status = async ({ id }: Deal) => (await getDeal(HOME, id)).status;

test('from the card to the partner and back: a question, an answer, a rejection, the one appeal, an approval', async () => {
  const { sandbox } = product;
  const deal = await announced();
  const first = JSON.stringify((await card('nothing on record is like it')).blocks);
  for (const part of ['decide by', 'Quillmont gets Saltmarsh Clinics for itself for 90 days.']) expect(first).toContain(part);

  await press(MILO, ACTIONS.dealAsk, deal.id);
  expect(await sandbox.as(MILO).submit(await form(MILO), { words: '' })).toMatchObject({ ok: false });
  expect(await sandbox.as(MILO).submit(await form(MILO), { words: 'Whom do you talk to?' })).toMatchObject({ ok: true });
  await told('Whom do you talk to?');
  expect(await getDeal(HOME, deal.id)).toMatchObject({ status: 'needs-info', dueAt: null, reviewer: MILO });

  await press(PIA, ACTIONS.dealAnswer, deal.id);
  expect(await sandbox.as(PIA).submit(await form(PIA), { words: 'Their head of care, Rita.' })).toMatchObject({ ok: true });
  await card('Their head of care');
  expect(await getDeal(HOME, deal.id)).toMatchObject({ status: 'in-review', dueAt: expect.any(Date), escalatedAt: null });

  await press(MILO, ACTIONS.dealReject, deal.id);
  expect(await sandbox.as(MILO).submit(await form(MILO), { code: 'other' })).toMatchObject({
    errors: { words: 'Say why: the partner reads it' },
  });
  expect(await sandbox.as(MILO).submit(await form(MILO), { code: 'not-qualified', words: 'No budget yet.' })).toMatchObject({ ok: true });
  await told('No budget yet.');

  await press(PIA, ACTIONS.dealAppeal, deal.id);
  expect(await sandbox.as(PIA).submit(await form(PIA), { words: 'The budget was signed on Friday.' })).toMatchObject({ ok: true });
  // The card keeps all that was said before.
  const again = JSON.stringify((await card('The budget was signed')).blocks);
  expect(again).toContain('No budget yet.');
  expect(again).toContain('Whom do you talk to?');

  await press(MILO, ACTIONS.dealApprove, deal.id);
  await told('is yours until');
  const approved = await getDeal(HOME, deal.id);
  expect(approved.protectedUntil).toEqual(addDays(approved.approvedAt ?? AT, 90));
  await press(PIA, ACTIONS.dealMine, partner.id);
  await shown(PIA, 'yours until');
  await shown(PIA, 'too few decisions yet');
});

test('of two reviewers at once one decides, and the other sees how it ended, with what they had written', async () => {
  const { sandbox } = product;
  const deal = await announced();
  await press(MILO, ACTIONS.dealReject, deal.id);
  const late = await form(MILO);
  await decideDeal({ ...milo, userId: ANA }, deal.id, { move: 'approve' }, { byName: 'Ana', at: AT });
  expect(await sandbox.as(MILO).submit(late, { code: 'tender', words: 'It is a tender, they say.' })).toMatchObject({ ok: true });
  await shown(MILO, 'Somebody was first');
  await shown(MILO, 'It is a tender, they say.');
  expect(await status(deal)).toBe('approved');
  await press(MILO, ACTIONS.dealTake, deal.id);
  await sandbox.waitFor(() => JSON.stringify(sandbox.state(MILO).messages).includes('Somebody was first'));
  expect(await status(deal)).toBe('approved');
});

test('a colleague without a role sees the review and decides nothing; the weights stay inside', async () => {
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
  await aDeal(other, { company: 'Saltmarsh Clinics Group', website: null });
  const deal = await announced();
  await press(MIA, ACTIONS.dealReview, deal.id);
  await shown(MIA, 'Brindle');
  const page = JSON.stringify(product.sandbox.modal(MIA));
  expect(page).not.toContain(ACTIONS.dealApprove);
  await press(MIA, ACTIONS.dealWhy, deal.id);
  await shown(MIA, 'points');
  await press(MIA, ACTIONS.dealApprove, deal.id);
  await product.sandbox.waitFor(async () => ((await listAudit(HOME, { action: 'deal.approve-refused' })).length > 0 ? true : null));
  expect((await listAudit(HOME, { action: 'deal.approve-refused' })).map(({ by }) => by)).toEqual([MIA]);
  expect(await status(deal)).toBe('submitted');
  expect(JSON.stringify(theirs())).not.toMatch(/Brindle|points/);
});

test('the deal channel gets the card as long as only the team reads it', async () => {
  const { sandbox } = product;
  const entry = auditEntry({ workspaceId: HOME, by: ANA, at: AT, action: 'deal-rules.save', subject: 'deal-rules:all' });
  await saveDealRules(defaultRules(HOME), { channel: PARTNERSHIPS }, entry);
  await announced();
  await sandbox.waitFor(() => sandbox.messages({ as: MILO, channel: PARTNERSHIPS }).find(({ text }) => text.includes('registered a deal')));
  await saveDealRules({ ...defaultRules(HOME), rev: 1 }, { channel: EXT_QUILLMONT }, entry);
  await announced({ company: 'Fernhill Labs', website: 'fernhill.example' });
  await card('Fernhill Labs');
  expect(JSON.stringify(sandbox.messages({ as: PIA, channel: EXT_QUILLMONT }))).not.toContain('Fernhill');
});

describe('when something breaks', () => {
  test('killed between the decision and the message: the sweep finds it, and the partner hears once', async () => {
    const deal = await announced();
    await decideDeal(milo, deal.id, { move: 'approve' }, { byName: 'Milo', at: AT });
    expect(await listShowsDue(addHours(AT, 1))).toEqual([{ workspaceId: HOME, id: deal.id }]);
    for (let run = 0; run < 2; run++) await tellDeal.run({ workspaceId: HOME, dealId: deal.id }, product.deps);
    await told('is yours until');
    expect(theirs().filter((message) => JSON.stringify(message).includes(`deal-own:${deal.id}`))).toHaveLength(1);
    expect(await listShowsDue(addHours(AT, 1))).toEqual([]);
    await card('approved it');
  });

  test('the channel is lost, or there at last: what was told one way is not told again the other way', async () => {
    const mails = () => product.sandbox.mail.filter((mail) => JSON.stringify(mail).includes('Osprey'));
    const enqueue: Deps['enqueue'] = async (job, payload) => job.run(payload, product.deps);
    const tell = (deal: Deal) => tellDeal.run({ workspaceId: HOME, dealId: deal.id }, { ...product.deps, enqueue });
    const reject = (deal: Deal) => decideDeal(milo, deal.id, { move: 'reject', code: 'tender', words: 'No.' }, { byName: 'Milo', at: AT });
    const appeal = (deal: Deal) => replyToReview(piaOf(partner), deal.id, { move: 'appeal', words: 'Please look again' }, AT);
    const toldOf = (deal: Deal) => theirs().filter((message) => JSON.stringify(message).includes(deal.company)).length;

    const inChannel = await aDeal(partner, { company: 'Osprey Quay', website: 'osprey.example' });
    await reject(inChannel);
    await tell(inChannel);
    expect(toldOf(inChannel)).toBe(1);
    partner = await changed(partner, { channel: null });
    await appeal(inChannel);
    await tell(inChannel);
    expect(mails()).toHaveLength(0);

    const byMail = await aDeal(partner, { company: 'Osprey North', website: 'north.example' });
    await reject(byMail);
    await tell(byMail);
    expect(mails()).toHaveLength(1);
    partner = await changed(partner, { channel: EXT_QUILLMONT });
    await appeal(byMail);
    await tell(byMail);
    expect([mails().length, toldOf(byMail)]).toEqual([1, 0]);
    await decideDeal(milo, byMail.id, { move: 'approve' }, { byName: 'Milo', at: AT });
    await tell(byMail);
    expect([mails().length, toldOf(byMail)]).toEqual([1, 1]);
  });

  test('who gets a part hears it once, in its channel or by mail, and nothing of who registered it', async () => {
    const people = [{ name: 'Bo Brindle', email: 'bo@brindle.example', role: 'sales' as const }];
    const brindle = await aPartner({ name: 'Brindle', domains: ['brindle.example'], people });
    const given = { partnerId: brindle.id, dealId: randomUUID() };
    const said = { ...SAID, company: 'Osprey East', website: 'osprey-east.example' };
    const { deal: theirOwn } = await registerDeal(milo, given, said, AT);
    const own = await aDeal(partner);
    await shareDeal(milo, theirOwn.id, { partnerId: partner.id, role: 'implement', seesOthers: false }, AT);
    await shareDeal(milo, own.id, { partnerId: brindle.id, role: 'resell', seesOthers: false }, AT);
    expect((await listShowsDue(addHours(AT, 1))).map(({ id }) => id).toSorted()).toEqual([theirOwn.id, own.id].toSorted());
    for (let run = 0; run < 2; run++)
      for (const dealId of [theirOwn.id, own.id]) await tellDeal.run({ workspaceId: HOME, dealId }, product.deps);
    const parts = theirs().filter(({ text }) => text === 'You have a part in a deal');
    expect(parts).toHaveLength(1);
    expect(JSON.stringify(parts)).toMatch(/Osprey East.*implements/s);
    expect(JSON.stringify(parts)).not.toContain('Brindle');
    const mails = product.sandbox.mail.filter((mail) => JSON.stringify(mail).includes('bo@brindle.example'));
    expect(mails).toHaveLength(1);
    expect(JSON.stringify(mails)).toMatch(/Saltmarsh Clinics.*Your part: resells/s);
    expect(JSON.stringify(mails)).not.toContain('Quillmont');
  });

  test('late: the owner hears once for each deadline, and nothing is approved', async () => {
    const { sandbox, deps } = product;
    const deal = await announced();
    const due = (await getDeal(HOME, deal.id)).escalateAt ?? AT;
    expect(await listEscalationsDue(addHours(due, -1))).toEqual([]);
    expect(await listEscalationsDue(due)).toEqual([{ workspaceId: HOME, id: deal.id }]);
    for (let run = 0; run < 2; run++) await escalateDeal.run({ workspaceId: HOME, dealId: deal.id }, deps);
    const late = sandbox.messages({ as: MILO, channel: sandbox.dmWith(MILO) }).filter(({ text }) => text.includes('nobody has decided'));
    expect(late).toHaveLength(1);
    expect(await listEscalationsDue(addDays(due, 90))).toEqual([]);
    expect(await status(deal)).toBe('submitted');
  });

  test('the partnership ends while it waits: no approval any more, a rejection still', async () => {
    const deal = await announced();
    await endPartner(milo, partner.id, 'They closed.', AT);
    const decide = (move: 'approve' | 'take') => decideDeal(milo, deal.id, { move }, { byName: 'Milo', at: AT });
    await expect(decide('approve')).rejects.toMatchObject({ code: 'partner-ended' });
    await tellDeal.run({ workspaceId: HOME, dealId: deal.id }, product.deps);
    await card('The partnership has ended');
    await decideDeal(milo, deal.id, { move: 'reject', code: 'other', words: 'It is over.' }, { byName: 'Milo', at: AT });
    await tellDeal.run({ workspaceId: HOME, dealId: deal.id }, product.deps);
    expect(JSON.stringify(theirs())).not.toContain('It is over.');
    expect(await status(deal)).toBe('rejected');
  });

  test('a website that was missing is asked for by the rule, and checked when it comes', async () => {
    const { sandbox } = product;
    const deal = await announced({ website: null });
    await told('website');
    await press(PIA, ACTIONS.dealAnswer, deal.id);
    expect(await sandbox.as(PIA).submit(await form(PIA), { website: 'gmail.com' })).toMatchObject({ ok: false });
    expect(await sandbox.as(PIA).submit(await form(PIA), { website: 'saltmarsh.example' })).toMatchObject({ ok: true });
    await shown(PIA, 'In review');
    expect(await getDeal(HOME, deal.id)).toMatchObject({ domain: 'saltmarsh.example', check: { code: null } });
  });
});

test('the inbox and Home list a review by its deadline, with the button that opens it', async () => {
  const { sandbox } = product;
  const deal = await announced();
  await sandbox.as(MILO).command(PARTNERSHIPS, '/partners inbox');
  const inbox = await sandbox.waitFor(() =>
    sandbox.messages({ as: MILO, channel: PARTNERSHIPS }).find(({ blocks }) => JSON.stringify(blocks ?? []).includes(ACTIONS.dealReview)),
  );
  expect(JSON.stringify(inbox.blocks)).toContain('Deal Saltmarsh Clinics');
  expect(JSON.stringify(inbox.blocks)).toContain('1 deal');
  await sandbox.as(MILO).openHome();
  await sandbox.waitFor(() => JSON.stringify(sandbox.state(MILO).home).includes(deal.id));
});

test('admins set the rules in one form; a line that cannot be read is named, and a shared channel is refused', async () => {
  const { sandbox } = product;
  await sandbox.as(ANA).command(PARTNERSHIPS, '/partners rules');
  const view = await form(ANA);
  expect(view.blocks.filter(({ type }) => type === 'input')).toHaveLength(6);
  const filled = { reviewDays: '2', protection: 'Everybody: 60', holidays: '25.12.2026' };
  expect(await sandbox.as(ANA).submit(view, filled)).toMatchObject({
    errors: { holidays: '“25.12.2026” is no day: write it as 2026-12-25.' },
  });
  const good = { ...filled, holidays: '2026-12-25' };
  expect(await sandbox.as(ANA).submit(view, { ...good, channel: EXT_QUILLMONT })).toMatchObject({
    errors: { channel: expect.stringContaining('shared') },
  });
  expect(await sandbox.as(ANA).submit(view, { ...good, channel: PARTNERSHIPS })).toMatchObject({ ok: true });
  await shown(ANA, 'Saved.');
  expect(await getDealRules(HOME)).toMatchObject({
    reviewDays: 2,
    holidays: ['2026-12-25'],
    channel: PARTNERSHIPS,
    protection: { days: 60 },
  });
});
