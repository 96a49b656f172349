import { addDays, addMinutes, subDays } from 'date-fns';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldClicks } from '../../../jobs/measure/fold-clicks.ts';
import { settleConversions } from '../../../jobs/measure/settle-conversions.ts';
import { findSaleCredit } from '../../../src/measure/attribution/credit-repository.ts';
import { workOutCredit } from '../../../src/measure/attribution/credit-sale.ts';
import { accrueSale } from '../../../src/measure/commissions/accrue-sale.ts';
import { lineWords, whyWords } from '../../../src/measure/commissions/earning-words.ts';
import { earningsOf, whyEarned } from '../../../src/measure/commissions/earnings.ts';
import { type Claim, flagsOf, whoBrought } from '../../../src/measure/conversions/brought.ts';
import { emailHashOf, type Told, UNSAID } from '../../../src/measure/conversions/conversion.ts';
import { findConversion, insertConversion, listTroubled } from '../../../src/measure/conversions/conversion-repository.ts';
import { decideReferral, putConversionAside } from '../../../src/measure/conversions/decide-referral.ts';
import { OwnEvent, readOwnEvent } from '../../../src/measure/conversions/own-event.ts';
import { isOurs, isStripes } from '../../../src/measure/conversions/signature.ts';
import { readStripeEvent, StripeEvent } from '../../../src/measure/conversions/stripe-event.ts';
import { LedgerModel, listOfSale } from '../../../src/measure/ledger/ledger-repository.ts';
import { countPeople, findClick, saveClicks } from '../../../src/measure/links/click-repository.ts';
import { createClickCounter } from '../../../src/measure/links/count-clicks.ts';
import { clickIdOf, isOwnTarget, type Link, proposedCode, withClick } from '../../../src/measure/links/link.ts';
import { linkSection } from '../../../src/measure/links/link-page.ts';
import { endLink, insertLink } from '../../../src/measure/links/link-repository.ts';
import { addressOf, isPerson } from '../../../src/measure/links/link-route.ts';
import { defaultLinkRules } from '../../../src/measure/links/link-rules.ts';
import { saveLinkRules } from '../../../src/measure/links/link-rules-repository.ts';
import { lookAtLinks } from '../../../src/measure/links/look-at-links.ts';
import { approvePayout, takeBackPayout } from '../../../src/measure/payouts/decide-payout.ts';
import { makePayout } from '../../../src/measure/payouts/make-payout.ts';
import type { Payout } from '../../../src/measure/payouts/payout.ts';
import { freeLines, holdLines } from '../../../src/measure/payouts/payout-line-repository.ts';
import { workOutOwed } from '../../../src/measure/payouts/work-out-payout.ts';
import { findSale, SaleModel } from '../../../src/measure/sales/sale-repository.ts';
import { listTouches, TouchModel } from '../../../src/measure/touches/touch-repository.ts';
import { finishMerge, startMerge } from '../../../src/onboard/partners/merge-partners.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { deleteAbsorbed, findMerge } from '../../../src/onboard/partners/partner-merge-repository.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { aPartner, changed, piaOf } from '../../support/a-partner.ts';
import { paidTo } from '../../support/a-payout.ts';
import { keptPlan } from '../../support/a-plan.ts';
import { AT, ana, aProgramme, HOME, milo } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();

const NOW = addDays(AT, 20);
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

test('a target keeps its other parameters and its fragment, to the letter', () => {
  const cases: [target: string, led: string][] = [
    ['https://a.example', 'https://a.example?via=X'],
    ['https://a.example/p?x=a%20b+c#top', 'https://a.example/p?x=a%20b+c&via=X#top'],
    ['https://a.example/p?#', 'https://a.example/p?via=X#'],
    ['https://a.example/#a?b', 'https://a.example/?via=X#a?b'],
  ];
  for (const [target, led] of cases) expect(withClick(target, 'X')).toBe(led);
});

test('a link leads to the workspace’s own domains alone', () => {
  const own = ['larkspur.example'];
  const is = (target: string) => isOwnTarget(target, own);
  expect(['https://larkspur.example', 'https://shop.larkspur.example:8443/a?b#c'].map(is)).toEqual([true, true]);
  const others = [
    ...['http://larkspur.example', 'https://evil.example', 'https://larkspur.example.evil.example', 'https://notlarkspur.example'],
    ...['https://larkspur.example@evil.example', 'https://u:p@larkspur.example', '//larkspur.example', 'javascript:alert(1)', ''],
    ...['https://evil.example/larkspur.example', 'https://evil.example\\.larkspur.example'],
  ];
  expect(others.filter(is)).toEqual([]);
});

test('a code is made of the name and the campaign, with a number where it is taken', () => {
  expect(proposedCode('Café & Söhne', 'Spring 2027')).toBe('cafeandsohne-spring2027');
  expect(proposedCode('Q', '')).toBe('q-link');
  expect(proposedCode('中文', '', 2)).toBe('partner-2');
  expect(proposedCode('x'.repeat(80), 'y', 12)).toMatch(/^x{37}-12$/);
});

test('people are told from programs, and one from another only on the same day and the same link', () => {
  const is = (headers: Record<string, string>, method = 'GET') => isPerson({ method, headers });
  expect(is({ 'user-agent': FIREFOX })).toBe(true);
  const others: Record<string, string>[] = [
    {},
    { 'user-agent': 'Slackbot-LinkExpanding 1.0' },
    { 'user-agent': 'curl/8.5' },
    { 'user-agent': 'Googlebot/2.1' },
  ];
  expect(others.filter((headers) => is(headers))).toEqual([]);
  for (const name of ['sec-purpose', 'purpose', 'x-moz']) expect(is({ 'user-agent': FIREFOX, [name]: 'prefetch;prerender' })).toBe(false);
  expect(is({ 'user-agent': FIREFOX }, 'HEAD')).toBe(false);
  const [salt, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const who = { address: '192.0.2.7', agent: FIREFOX };
  const ids = [
    ...[clickIdOf(salt, 'a-b', who), clickIdOf(other, 'a-b', who), clickIdOf(salt, 'a-c', who)],
    ...[clickIdOf(salt, 'a-b', { ...who, address: '192.0.2.8' }), clickIdOf(salt, 'a-b', { ...who, agent: 'x' })],
  ];
  expect(new Set(ids).size).toBe(5);
  expect(clickIdOf(salt, 'a-b', who)).toBe(ids[0]);
  expect(ids[0]).toMatch(/^[\w-]{22}$/);
});

test('an address is taken from a proxy of ours alone, as it added it', () => {
  const cases: [peer: string, forwarded: string, address: string][] = [
    ['127.0.0.1', '203.0.113.9, 192.0.2.7', '192.0.2.7'],
    ['::ffff:172.18.0.2', '192.0.2.7', '192.0.2.7'],
    ['::1', '', '::1'],
    ['93.184.215.14', '192.0.2.7', '93.184.215.14'],
    ['2606:2800::4', '192.0.2.7', '2606:2800::4'],
    ['', '192.0.2.7', ''],
  ];
  for (const [peer, forwarded, address] of cases) expect(addressOf(peer, forwarded)).toBe(address);
});

test('signatures: ours and Stripe’s, by recorded vectors, within five minutes', () => {
  const body = Buffer.from('{"id":"evt_1"}');
  const at = new Date(1_700_000_000_000);
  // printf '1700000000.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test
  const ours = (timestamp: string, signature: string, when = at) => isOurs({ timestamp, signature }, body, 'whsec_test', when);
  const stripes = (header: string, when = at) => isStripes(header, body, 'whsec_test', when);
  expect([ours('1700000000', `v1=${VECTOR}`), stripes(`t=1700000000,v1=${VECTOR}`)]).toEqual([true, true]);
  expect(stripes(`t=1700000000,v0=${VECTOR},v1=${'0'.repeat(64)},v1=${VECTOR}`)).toBe(true);
  const late = new Date(at.getTime() + 301_000);
  expect([ours('1700000000', `v1=${VECTOR}`, late), stripes(`t=1700000000,v1=${VECTOR}`, late)]).toEqual([false, false]);
  const wrong = ['v1=8a1de0f3', '', `v1=${VECTOR.toUpperCase()}`, `v1=${'0'.repeat(64)}`];
  expect(wrong.filter((signature) => ours('1700000000', signature))).toEqual([]);
  expect(ours('1700000001', `v1=${VECTOR}`)).toBe(false);
  expect(['', 't=1700000000', `v1=${VECTOR}`, `t=1700000000,v0=${VECTOR}`].filter((header) => stripes(header))).toEqual([]);
});
const VECTOR = 'c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925';

test('the coupon or the last click decides, as the workspace has it', () => {
  const claim = (given: Partial<Claim>): Claim => ({
    by: 'link',
    conversion: 'c',
    partnerId: 'B',
    code: 'b-link',
    coupon: null,
    at: AT,
    toldAt: AT,
    ...given,
  });
  const link = claim({});
  const coupon = claim({ by: 'coupon', partnerId: 'A', code: 'a-link', coupon: 'SPRING' });
  const earlier = claim({ partnerId: 'C', code: 'c-link', at: subDays(AT, 1) });
  const decide = (claims: Claim[], decider: 'coupon' | 'last-click') => whoBrought(claims, { decider });
  expect(decide([earlier, coupon, link], 'coupon')).toEqual({
    partnerId: 'A',
    by: 'coupon',
    code: 'a-link',
    coupon: 'SPRING',
    against: { partnerId: 'B', rule: 'coupon' },
  });
  expect(decide([link, earlier, coupon], 'last-click')).toEqual({
    partnerId: 'B',
    by: 'link',
    code: 'b-link',
    coupon: 'SPRING',
    against: { partnerId: 'A', rule: 'last-click' },
  });
  expect(decide([earlier, link], 'coupon')).toMatchObject({ partnerId: 'B', coupon: null, against: null });
  expect(decide([coupon, { ...link, partnerId: 'A' }], 'coupon')).toMatchObject({ partnerId: 'A', by: 'coupon', against: null });
  expect(decide([], 'coupon')).toBeNull();
});

test('flags: themselves, a domain they brought before, a customer there was', () => {
  const person = { id: '1', name: 'Pia', role: 'sales', slack: null, leftAt: null } as const;
  const partner = {
    domains: ['quillmont.example'],
    people: [
      { ...person, email: 'Pia@gmail.com' },
      { ...person, email: 'x@second.example' },
    ],
  };
  const none = { domains: [], emailHashes: [], broughtBefore: null, known: null };
  const hash = (email: string) => [emailHashOf(email) ?? ''];
  const flags = (given: Partial<typeof none> | object) => flagsOf({ ...none, ...given }, partner).map(({ flag }) => flag);
  expect(flags({})).toEqual([]);
  expect(flags({ domains: ['quillmont.example'] })).toEqual(['self-referral']);
  expect(flags({ domains: ['second.example'] })).toEqual(['self-referral']);
  expect(flags({ emailHashes: hash('pia@gmail.com') })).toEqual(['self-referral']);
  expect(flags({ emailHashes: hash('mia@gmail.com') })).toEqual([]);
  expect(flags({ broughtBefore: 'customer:1', known: 'in the CRM' })).toEqual(['same-domain', 'known-customer']);
});

test('Stripe’s events are read for what is needed, and an invoice and its checkout are one sale', () => {
  const read = (type: string, object: object, more = {}) =>
    readStripeEvent(StripeEvent.parse({ type, created: 1_700_000_000, data: { object, ...more } }));
  const session = {
    ...{
      id: 'cs_1',
      customer: 'cus_1',
      client_reference_id: 'click',
      amount_total: 9900,
      currency: 'eur',
      payment_status: 'paid',
    },
    ...{ payment_intent: null, invoice: 'in_1', customer_details: { email: 'Dana@Peatworks.example' }, metadata: { coupon: 'spring' } },
  };
  const [lead, sale] = read('checkout.session.completed', session);
  expect(lead).toMatchObject({
    id: 'stripe:cs_1',
    kind: 'lead',
    customer: 'stripe:cus_1',
    click: 'click',
    coupon: 'SPRING',
    domain: 'peatworks.example',
  });
  const named = { ...session, client_reference_id: 'order-17', metadata: { via: 'click' } };
  expect(read('checkout.session.completed', named)).toMatchObject([{ click: 'click' }, { click: 'click' }]);
  expect(sale).toMatchObject({ id: 'stripe:in_1', kind: 'sale', money: { minor: 9900, currency: 'EUR' }, isPaid: true });
  const invoice = { id: 'in_1', customer: 'cus_1', amount_paid: 9900, currency: 'eur', customer_email: null };
  expect(read('invoice.paid', invoice)).toMatchObject([{ id: 'stripe:in_1', customer: 'stripe:cus_1', refs: ['in_1'] }]);
  expect(read('checkout.session.completed', { ...session, payment_status: 'unpaid' })).toHaveLength(1);
  const charge = { id: 'ch_1', customer: 'cus_1', amount_refunded: 3000, currency: 'eur', payment_intent: 'pi_1' };
  expect(read('charge.refunded', charge, { previous_attributes: { amount_refunded: 1000 } })).toMatchObject([
    { id: 'stripe:ch_1:refunded:3000', kind: 'refund', money: { minor: 2000 }, refs: ['ch_1', 'pi_1'] },
  ]);
  expect(read('charge.refunded', { ...charge, currency: 'isk', amount_refunded: 50_000 })).toMatchObject([
    { money: { minor: 500, currency: 'ISK' } },
  ]);
  expect(
    read('invoice_payment.paid', { id: 'inpay_1', invoice: 'in_1', payment: { type: 'payment_intent', payment_intent: 'pi_1' } }),
  ).toMatchObject([{ kind: 'reference', refs: ['in_1', 'pi_1'] }]);
});

test('our own events say what is wrong with them', () => {
  const problem = (event: object) => OwnEvent.safeParse(event).error?.issues.map(({ path }) => path.join('.'));
  const sale = { type: 'sale', id: 'e', customer: 'c', amount: 100, currency: 'eur' };
  expect(problem(sale)).toBeUndefined();
  expect(problem({ ...sale, amount: 1.5 })).toEqual(['amount']);
  expect(problem({ ...sale, currency: 'EURO' })).toEqual(['currency']);
  expect(problem({ ...sale, customer: 'dana@peatworks.example' })).toEqual(['customer']);
  expect(problem({ type: 'refund', id: 'r', amount: 1, currency: 'EUR' })).toEqual(['of']);
  expect(readOwnEvent(OwnEvent.parse({ ...sale, at: '2999-01-01T00:00:00Z', email: 'dana@gmail.com' }), AT)).toMatchObject({
    at: AT,
    domain: null,
  });
});

/** Two partners with a link each, of whom the first has a coupon, and a click on each link. */
async function twoPartners(): Promise<{ quillmont: Partner; fern: Partner }> {
  await aProgramme();
  await keptPlan({ base: 'collected' });
  const quillmont = await aPartner({ types: ['affiliate'] });
  const fern = await aPartner({ name: 'Fernhill', domains: ['fernhill.example'], types: ['affiliate'], people: [] });
  await keepLink({ code: 'quill', partnerId: quillmont.id, coupon: 'SPRING' });
  await keepLink({ code: 'fern', partnerId: fern.id, coupon: 'AUTUMN' });
  await saveClicks(
    ['quill', 'fern'].map((code) => ({ id: `click-${code}`, workspaceId: HOME, code, day: '2026-11-20', at: subDays(AT, 3) })),
  );
  return { quillmont, fern };
}

async function keepLink(given: Partial<Link>): Promise<void> {
  const link = {
    code: 'quill',
    workspaceId: HOME,
    partnerId: 'p',
    campaign: '',
    personId: null,
    target: 'https://larkspur.example',
    ...given,
  };
  const entry = auditEntry({ workspaceId: HOME, by: 'U1', at: AT, action: 'link.make', subject: 'partner:p' });
  await insertLink({ coupon: null, by: 'U1', at: AT, endedAt: null, ...link }, entry);
}

const told = (given: Partial<Told> & Pick<Told, 'id' | 'kind'>): Told => ({ ...UNSAID, at: AT, ...given });
const sold = (id: string, given: Partial<Told> = {}): Told =>
  told({ id, kind: 'sale', customer: 'C1', money: { minor: 10_000, currency: 'EUR' }, isPaid: true, refs: [id], ...given });
const tell = (one: Told, now = NOW) => insertConversion({ ...one, workspaceId: HOME, receivedAt: now, state: 'waiting', due: now });
const settle = (now = NOW) => settleConversions.run({}, someDeps({ now: () => now }));

/** All that waits is tried until nothing changes any more; then commissions are worked out. */
async function settleAll(now = NOW): Promise<void> {
  for (let round = 0; round < 4; round++) await settle(addMinutes(now, round));
  for (const { id } of await SaleModel.find({ workspaceId: HOME }).lean()) await accrued(id, now);
}

async function accrued(saleId: string, now: Date): Promise<void> {
  await accrueSale(HOME, saleId, now);
  await SaleModel.updateOne({ workspaceId: HOME, id: saleId }, { $unset: { accrueDue: '' } });
}

const ledger = async (saleId = 'customer:C1') =>
  (await listOfSale(HOME, saleId)).map(({ source, kind, postings }) => [source, kind, postings[0]?.minor]).sort();
const kept = async (partnerId: string) => {
  const lines = (await listOfSale(HOME, 'customer:C1')).filter(({ postings }) => postings.some((one) => one.partnerId === partnerId));
  return lines.reduce((sum, { postings }) => sum + (postings[0]?.minor ?? 0), 0);
};

test('in whichever order and however often conversions come, sale, touches and money are the same', async () => {
  const { quillmont } = await twoPartners();
  const all = [
    told({
      id: 'lead',
      kind: 'lead',
      customer: 'C1',
      click: 'click-fern',
      at: subDays(AT, 1),
      company: 'Peatworks',
      domain: 'peatworks.example',
    }),
    sold('first', { coupon: 'SPRING', isPaid: false }),
    told({ id: 'paid', kind: 'payment', refs: ['first'], at: addDays(AT, 1) }),
    sold('second', { at: addDays(AT, 2), click: 'click-fern', coupon: 'AUTUMN', refs: ['in_2'] }),
    told({ id: 'alias', kind: 'reference', refs: ['in_2', 'pi_2'] }),
    told({ id: 'back-1', kind: 'refund', refs: ['first'], money: { minor: 2500, currency: 'EUR' }, at: addDays(AT, 3) }),
    told({ id: 'back-2', kind: 'refund', refs: ['pi_2'], money: { minor: 10_000, currency: 'EUR' }, at: addDays(AT, 4) }),
  ];
  const outcome = async () => {
    const sale = await findSale(HOME, 'customer:C1');
    const touches = await listTouches(HOME, 'customer:C1');
    const states = await Promise.all(all.map(async ({ id }) => (await findConversion(HOME, id))?.state));
    return {
      sale: { ...sale, rev: 0 },
      touches: touches.map(({ source, partnerId, at }) => [source, partnerId, at]),
      ledger: await ledger(),
      states,
    };
  };
  const models = [SaleModel, TouchModel, LedgerModel];
  const play = async (order: readonly Told[], settledAfter: readonly boolean[]) => {
    await SaleModel.db.collection('conversions').deleteMany({});
    for (const { collection } of models) await collection.deleteMany({});
    for (const [place, one] of order.entries()) {
      await tell(one);
      if (settledAfter[place]) await settle();
    }
    await settleAll();
    return outcome();
  };
  const expected = await play(all, []);
  expect(expected.states).toEqual(all.map(() => 'counted'));
  expect(expected.sale).toMatchObject({ state: 'won', customer: 'Peatworks', partners: [{ partnerId: quillmont.id, role: 'refer' }] });
  expect(expected.sale.referral).toMatchObject({ by: 'coupon', against: { rule: 'coupon' }, state: 'clear' });
  // Ten per cent of what was collected and not refunded.
  expect(await kept(quillmont.id)).toBe(750);
  const orders = fc.shuffledSubarray([...all, ...all.slice(0, 4)], { minLength: 11 });
  await fc.assert(
    fc.asyncProperty(orders, fc.array(fc.boolean(), { minLength: 11, maxLength: 11 }), async (order, settledAfter) => {
      expect(await play(order, settledAfter)).toEqual(expected);
    }),
    { numRuns: 12 },
  );
});

test('two processes at once settle the same conversions once', async () => {
  const { quillmont } = await twoPartners();
  for (const one of [sold('first', { click: 'click-quill' }), sold('second', { at: addDays(AT, 1) })]) await tell(one);
  await Promise.all([settle(), settle(), settle()]);
  await Promise.all([accrueSale(HOME, 'customer:C1', NOW), accrueSale(HOME, 'customer:C1', NOW)]);
  expect(await ledger()).toHaveLength(8);
  expect(await kept(quillmont.id)).toBe(2000);
});

test('customers of nobody are not recorded and forgotten; one whose partner is told later is recorded in full', async () => {
  await twoPartners();
  await tell(sold('own'));
  await tell(told({ id: 'own-back', kind: 'refund', refs: ['own'], customer: 'C1', money: { minor: 100, currency: 'EUR' } }));
  await settleAll();
  expect([await findSale(HOME, 'customer:C1'), (await findConversion(HOME, 'own'))?.state]).toEqual([null, 'not-ours']);
  await tell(told({ id: 'lead', kind: 'lead', customer: 'C1', click: 'click-quill', at: subDays(AT, 1) }));
  await settleAll();
  expect((await ledger()).filter(([, kind]) => kind === 'refunded')).toHaveLength(3);
  await tell(sold('other', { customer: 'C2' }));
  await settleAll();
  await settleAll(addDays(NOW, 31));
  expect([await findConversion(HOME, 'other'), (await findConversion(HOME, 'own'))?.state]).toEqual([null, 'counted']);
});

test('a refund of a partner’s customer that never finds its sale, and one that is larger, are shown to a manager until put aside', async () => {
  await twoPartners();
  await tell(sold('first', { click: 'click-quill' }));
  await tell(told({ id: 'lost', kind: 'refund', refs: ['nowhere'], customer: 'C1', money: { minor: 100, currency: 'EUR' } }));
  for (const kind of ['payment', 'refund'] as const)
    await tell(told({ id: `other-${kind}`, kind, refs: ['elsewhere'], money: { minor: 100, currency: 'EUR' } }));
  await tell(told({ id: 'large', kind: 'refund', refs: ['first'], money: { minor: 10_001, currency: 'EUR' } }));
  await settleAll();
  expect((await listTroubled(HOME, 9)).map(({ id }) => id)).toEqual(['large']);
  await settleAll(addDays(NOW, 8));
  expect((await listTroubled(HOME, 9)).map(({ id, state }) => [id, state]).sort()).toEqual([
    ['large', 'refused'],
    ['lost', 'lost'],
  ]);
  await putConversionAside(milo, 'lost', NOW);
  expect((await listTroubled(HOME, 9)).map(({ id }) => id)).toEqual(['large']);
  expect(await listAudit(HOME, { action: 'conversion.put-aside' })).toHaveLength(1);
  await expect(putConversionAside(milo, 'lost', NOW)).rejects.toMatchObject({ code: 'conversion-unknown' });
});

test('a flagged sale is held from payouts until somebody decides, can be turned round, and is bound once it is in a payout', async () => {
  const { quillmont } = await twoPartners();
  await tell(sold('first', { click: 'click-quill', domain: 'quillmont.example' }));
  await settleAll();
  const later = addDays(NOW, 60);
  const why = async () => (await workOutOwed(HOME, later)).flatMap(({ leftOut }) => leftOut.map((left) => [left.why, left.minor]));
  expect(await why()).toEqual([['to-decide', 1000]]);
  const pia = piaOf(quillmont);
  const earnings = await earningsOf(pia, quillmont.id, { from: 0, count: 9 }, later);
  expect(earnings.sums).toMatchObject([{ earnedMinor: 1000, heldMinor: 1000, owedMinor: 0 }]);
  const [line] = earnings.lines;
  expect(line && lineWords(line)).toMatch(/held until we have looked at it$/);
  const words = whyWords(await whyEarned(pia, { partnerId: quillmont.id, source: line?.source ?? '' }, later)).join(' ');
  expect(words).toContain('The customer came by your link quill');
  expect(words).not.toMatch(/self|quillmont\.example|referred itself/i);

  const decide = async (counts: boolean) => {
    const { changed } = await decideReferral(milo, { saleId: 'customer:C1', counts, because: 'Asked them' }, NOW);
    await accrued('customer:C1', NOW);
    await workOutCredit(HOME, 'customer:C1', NOW);
    return changed;
  };
  // A payout that was drafted before the sale was flagged.
  await paidTo(quillmont.id, pia, milo);
  await SaleModel.updateOne({ id: 'customer:C1' }, { $set: { 'referral.state': 'clear' } });
  const { payout: draft } = await makePayout(milo, 'EUR', later);
  await SaleModel.updateOne({ id: 'customer:C1' }, { $set: { 'referral.state': 'to-decide' } });
  await expect(approvePayout(ana, draft.id, later)).rejects.toMatchObject({ code: 'payout-outdated' });
  await takeBackPayout(milo, { id: draft.id, status: 'draft', because: 'Flagged' }, later);
  expect(await decide(false)).toBe(true);
  expect(await decide(false)).toBe(false);
  expect(await kept(quillmont.id)).toBe(0);
  const { lines } = await earningsOf(pia, quillmont.id, { from: 0, count: 9 }, later);
  expect(lines.map(lineWords).join()).toContain('-10 EUR, taken back: the referral was not counted');
  expect((await findSaleCredit(HOME, 'customer:C1'))?.credits).toEqual([]);
  // What is refunded meanwhile is not paid when it counts again.
  await tell(told({ id: 'back', kind: 'refund', refs: ['first'], money: { minor: 4000, currency: 'EUR' }, at: addDays(AT, 1) }));
  await settleAll();
  expect(await kept(quillmont.id)).toBe(0);
  expect(await decide(true)).toBe(true);
  expect(await kept(quillmont.id)).toBe(600);
  expect((await findSaleCredit(HOME, 'customer:C1'))?.credits).toMatchObject([{ partnerId: quillmont.id }]);
  expect((await workOutOwed(HOME, later)).flatMap(({ statements }) => statements.map(({ payoutMinor }) => payoutMinor))).toEqual([600]);
  // Told once more with all that is known, it stays decided.
  await tell(sold('second', { at: addDays(AT, 5), domain: 'quillmont.example' }));
  await settleAll();
  expect((await findSale(HOME, 'customer:C1'))?.referral?.state).toBe('counts');

  const source = line?.source ?? '';
  const payout = { workspaceId: HOME, id: 'p1', statements: [{ payoutMinor: 1, lines: [{ source }] }] } as unknown as Payout; // what holdLines reads
  await holdLines(payout);
  await expect(decide(false)).rejects.toMatchObject({ code: 'flag-in-payout' });
  await freeLines(HOME, 'p1');
  expect(await decide(false)).toBe(true);
  expect(await kept(quillmont.id)).toBe(0);
  expect(await listAudit(HOME, { action: 'referral.decide' })).toHaveLength(3);
});

test('what was decided of a referral stays when the partner’s record is merged, and a sale in the middle of a merge is the partner’s', async () => {
  const { quillmont, fern } = await twoPartners();
  await tell(sold('first', { click: 'click-quill', domain: 'quillmont.example' }));
  await settleAll();
  await decideReferral(milo, { saleId: 'customer:C1', counts: false, because: 'Asked them' }, NOW);
  await startMerge(milo, fern, quillmont, AT);
  const merge = await findMerge(HOME, fern.id);
  expect(merge && (await deleteAbsorbed(merge))).toBe(true);
  await tell(sold('new', { customer: 'C2', click: 'click-quill' }));
  await tell(sold('second', { at: addDays(AT, 5) }));
  await settleAll();
  expect((await findSale(HOME, 'customer:C2'))?.partners).toEqual([{ partnerId: fern.id, role: 'refer' }]);
  await finishMerge(HOME, fern.id, []);
  await tell(sold('third', { at: addDays(AT, 6) }));
  await tell(sold('fourth', { at: addDays(AT, 6), customer: 'C3', click: 'click-quill', domain: 'quillmont.example' }));
  await settleAll();
  expect(await findSale(HOME, 'customer:C1')).toMatchObject({
    partners: [],
    referral: { state: 'not-counted', decision: { because: 'Asked them' } },
  });
  expect(await kept(quillmont.id)).toBe(0);
  expect(await kept(fern.id)).toBe(0);
  expect((await lookAtLinks(milo, '', NOW)).names.get(quillmont.id)).toBe('Fernhill');
  expect((await findSale(HOME, 'customer:C3'))?.referral?.flags.map(({ flag }) => flag)).toContain('same-domain');
});

test('whose click brought a customer stays so when the click is let go of', async () => {
  const { fern, quillmont } = await twoPartners();
  await tell(sold('first', { click: 'click-quill' }));
  await settleAll();
  await foldClicks.run({}, someDeps({ now: () => addDays(AT, 200) }));
  expect(await findClick(HOME, 'click-quill')).toBeNull();
  await tell(told({ id: 'lead', kind: 'lead', customer: 'C1', coupon: 'AUTUMN', at: addDays(AT, -1) }));
  await tell(sold('second', { at: addDays(AT, 5), coupon: 'AUTUMN' }));
  const entry = auditEntry({ workspaceId: HOME, by: 'U1', at: AT, action: 'link-rules.change', subject: 'link-rules:all' });
  await saveLinkRules(defaultLinkRules(HOME), { decider: 'last-click' }, entry);
  await settleAll();
  expect((await findSale(HOME, 'customer:C1'))?.partners).toEqual([{ partnerId: quillmont.id, role: 'refer' }]);
  expect([await kept(quillmont.id), await kept(fern.id)]).toEqual([2000, 0]);
});

test('a coupon of a link or a partnership that has ended brings nobody new, keeps whom it brought, and goes to another link', async () => {
  const { fern, quillmont } = await twoPartners();
  await tell(sold('first', { coupon: 'SPRING' }));
  await settleAll();
  const entry = auditEntry({ workspaceId: HOME, by: 'U1', at: AT, action: 'link.end', subject: 'partner:p' });
  await expect(keepLink({ code: 'again', partnerId: fern.id, coupon: 'SPRING' })).rejects.toMatchObject({ code: 'coupon-taken' });
  await endLink(HOME, 'quill', addDays(AT, 1), entry);
  await tell(sold('none', { customer: 'C2', coupon: 'SPRING', at: addDays(AT, 2) }));
  await settleAll();
  expect(await findSale(HOME, 'customer:C2')).toBeNull();
  await keepLink({ code: 'again', partnerId: fern.id, coupon: 'SPRING', at: addDays(AT, 3) });
  await tell(sold('new', { customer: 'C3', coupon: 'SPRING', at: addDays(AT, 4) }));
  await tell(sold('second', { at: addDays(AT, 4) }));
  await settleAll();
  const whose = async (customer: string) => (await findSale(HOME, `customer:${customer}`))?.referral?.partnerId;
  expect([await whose('C1'), await whose('C3')]).toEqual([quillmont.id, fern.id]);
  await changed(fern, { status: 'ended' });
  await tell(sold('over', { customer: 'C4', coupon: 'SPRING', at: addDays(AT, 5) }));
  await tell(sold('third', { customer: 'C3', at: addDays(AT, 5) }));
  await settleAll();
  expect([await whose('C3'), await whose('C4')]).toEqual([fern.id, undefined]);
});

test('a partner’s page says how many links it does not show', async () => {
  const { quillmont } = await twoPartners();
  for (let place = 0; place < 16; place++) await keepLink({ code: `quill-${place}`, partnerId: quillmont.id });
  const [contact] = quillmont.people;
  if (!contact) throw new Error('the partner has nobody');
  const visit = { actor: piaOf(quillmont), partner: quillmont, contact, at: NOW, formToken: 'token' };
  const { markup } = await linkSection(() => null).show(visit, new URLSearchParams());
  expect(markup).toContain('And 2 older');
});

test('clicks are counted by people, kept for as long as they can bring a sale, and as day counts after', async () => {
  await twoPartners();
  let now = AT;
  const deps = someDeps({ now: () => now });
  const counter = createClickCounter(deps);
  const click = (address: string, agent = FIREFOX) => counter.note({ workspaceId: HOME, code: 'quill' }, { address, agent });
  const first = click('192.0.2.1');
  expect([click('192.0.2.1'), click('192.0.2.2') === first]).toEqual([first, false]);
  await counter.flush();
  click('192.0.2.1');
  await counter.flush();
  expect(await findClick(HOME, first)).toMatchObject({ code: 'quill', at: AT });
  const count = async (...recent: string[]) => (await countPeople(HOME, ['quill', 'fern'], recent)).get('quill');
  expect(await count('2026-11-23', '2026-11-20')).toBe(3);
  now = addDays(AT, 1);
  expect(click('192.0.2.1')).not.toBe(first);
  await counter.flush();
  await foldClicks.run({}, deps);
  expect(await count()).toBe(3);
  now = addDays(AT, 200);
  await foldClicks.run({}, deps);
  expect([await findClick(HOME, first), await count()]).toEqual([null, 4]);
  await foldClicks.run({}, deps);
  expect(await count()).toBe(4);
});
