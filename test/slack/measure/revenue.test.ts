import { addDays } from 'date-fns';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { classicBlocks } from '../../../blocks/classic-blocks.ts';
import { ACTIONS, VIEWS } from '../../../blocks/ids.ts';
import { creditSales } from '../../../jobs/measure/credit-sales.ts';
import { postSummaries } from '../../../jobs/measure/post-summaries.ts';
import { rollUpRevenue } from '../../../jobs/measure/roll-up-revenue.ts';
import { decideDeal } from '../../../src/manage/deals/decide-deal.ts';
import { findSaleCredit } from '../../../src/measure/attribution/credit-repository.ts';
import { listOfSale } from '../../../src/measure/ledger/ledger-repository.ts';
import { recordRevenue } from '../../../src/measure/ledger/record-revenue.ts';
import { getMeasureRules } from '../../../src/measure/measure-rules/measure-rules-repository.ts';
import { listSalesDue } from '../../../src/measure/sales/sale-repository.ts';
import { appendTouch, listTouches } from '../../../src/measure/touches/touch-repository.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { ANA, EXT_QUILLMONT, GENERAL, MIA, MILO, PARTNERSHIPS, PIA } from '../../sandbox/cast.ts';
import type { SandboxMessage } from '../../sandbox/contract.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner } from '../../support/a-partner.ts';
import { aSale, aTouch, revenue } from '../../support/a-sale.ts';
import { AT, HOME, milo } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
let acme: Partner;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT, workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  acme = await aPartner({ name: 'Acme' });
});

/** Two sales that partners sourced, one of our own. */
async function aQuarter(): Promise<void> {
  const other = await aPartner({ name: '=Brindle <!channel>', domains: ['brindle.example'], people: [] });
  const partners = [acme.id, other.id, null];
  for (const [number, partnerId] of partners.entries()) {
    const saleId = `crm:${number}`;
    await aSale({ id: saleId, customer: `Customer ${number}`, state: 'won', closedAt: AT, createdAt: addDays(AT, -20) });
    const at = addDays(AT, -20);
    if (partnerId) await appendTouch(aTouch({ saleId, partnerId, source: `t${number}`, type: 'registration', at, recordedAt: at }));
    const money = { minor: (number + 1) * 100_000, currency: 'EUR' };
    await recordRevenue(revenue({ saleId, source: `won-${number}`, kind: 'booked', stage: 'booked', money }), AT);
  }
  await appendTouch(aTouch({ saleId: 'crm:0', partnerId: other.id, source: 'old', at: addDays(AT, -200), evidence: 'A fair' }));
  await creditSales.run({}, someDeps());
  await rollUpRevenue.run({}, someDeps());
}

/** The newest answer of the bot that has these words, once there is one more. */
async function answer(who: string, act: () => Promise<unknown>, words: RegExp): Promise<SandboxMessage> {
  const { sandbox } = product;
  const fromBot = () => sandbox.messages({ as: who }).filter(({ userId }) => userId === sandbox.cast.app.botUserId);
  const before = JSON.stringify(fromBot());
  await act();
  await sandbox.waitFor(() => JSON.stringify(fromBot()) !== before);
  return sandbox.waitFor(() => fromBot().findLast((one) => words.test(JSON.stringify([one.text, one.blocks, one.files]))));
}
const typed = (words: string, who = MIA) =>
  answer(who, () => product.sandbox.as(who).command(GENERAL, `/partners ${words}`), /"type":"actions"/);
const json = (message: SandboxMessage) => JSON.stringify(message.blocks);
const modalWith = (words: string, who = MIA) =>
  product.sandbox.waitFor(() => {
    const shown = product.sandbox.modal(who);
    return shown && JSON.stringify(shown).includes(words) ? shown : undefined;
  });

test('without revenue it says how the first comes, and what it does not understand', async () => {
  const shown = json(await typed('revenue by colour'));
  expect(shown).toMatch(/Partners sourced \*0 EUR\* in Q4 2026 so far \(booked\)/);
  expect(shown).toContain('I did not use “colour”');
  expect(shown).toContain('A sale counts once');
});

test('one message has the figure, a table, a chart and who is behind the change, and its buttons turn it', async () => {
  await aQuarter();
  const shown = await typed('revenue this quarter');
  expect(shown.text).toBe('Partners sourced *3,000 EUR* in Q4 2026 so far (booked), 50 % of all; nothing in the same days of Q3 2026.');
  expect(shown.blocks?.map(({ type }) => type)).toEqual(expect.arrayContaining(['data_table', 'data_visualization', 'actions']));
  expect(json(shown)).toContain('Most by =Brindle');
  // Where Slack shows no chart, it says how to get one.
  expect(JSON.stringify(classicBlocks(shown.blocks ?? []))).toContain('*Picture* on `/partners revenue`');
  expect(JSON.stringify(shown.blocks?.filter(({ type }) => type === 'section'))).not.toContain('<!channel>');
  const linear = await answer(MIA, () => product.sandbox.as(MIA).click(shown, ACTIONS.revenueModel, { value: 'model linear' }), /credited/);
  expect(linear.text).toMatch(/^Of what is “sourced”, partners are credited with \*3,000 EUR\*/);
  const compared = await answer(MIA, () => product.sandbox.as(MIA).click(linear, ACTIONS.revenueCompare), /Do Not Compare/);
  expect(json(compared)).toContain('"Before"');
});

test('the file and the picture come by direct message, and no cell is a formula', async () => {
  await aQuarter();
  const shown = await typed('revenue');
  const csv = await answer(MIA, () => product.sandbox.as(MIA).click(shown, ACTIONS.revenueExport), /"name":"revenue[^"]*csv/);
  const png = await answer(MIA, () => product.sandbox.as(MIA).click(shown, ACTIONS.revenuePicture), /"name":"revenue[^"]*png/);
  const bytes = async ({ files = [] }: SandboxMessage) => product.sandbox.download(MIA, String((files[0] as { id: string }).id));
  const lines = String(await bytes(csv))
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain("'=Brindle <!channel>,2000,0,2026-10-01,2026-11-24,booked,sourced,,EUR");
  expect((await bytes(png))?.subarray(1, 4).toString()).toBe('PNG');
});

test('why leads from the figure to the sales of a partner, and to each touch and transaction of a sale', async () => {
  await aQuarter();
  const shown = await typed('revenue');
  await product.sandbox.as(MIA).click(shown, ACTIONS.revenueWhy);
  await product.sandbox.as(MIA).click(await modalWith('Customer 1'), ACTIONS.revenueWhyPartner, { value: acme.id });
  const ofAcme = await modalWith('of *Acme*');
  const theirs = JSON.stringify(ofAcme.blocks.filter(({ type }) => type === 'section'));
  expect(theirs).toContain('Customer 0');
  expect(theirs).not.toContain('Customer 1');
  await product.sandbox.as(MIA).click(ofAcme, ACTIONS.revenueSale);
  const sale = JSON.stringify(await modalWith('What partners did'));
  expect(sale).toContain('*Registration* by Acme (influence) · :white_check_mark: counts');
  expect(sale).toContain(':x: does not count: longer before the sale began');
  expect(sale).toContain('*Booked* 1,000 EUR');
  expect(sale).toContain('Invoice 1');
});

test('it is shared where only we read along, and nowhere else', async () => {
  await aQuarter();
  const shown = await typed('revenue');
  const share = async (channel: string) => {
    await product.sandbox.as(MIA).click(shown, ACTIONS.revenueShare);
    await product.sandbox.as(MIA).submit(await modalWith(VIEWS.revenueShare), { channel });
  };
  await share(EXT_QUILLMONT);
  await product.sandbox.waitFor(() => /shared|partner/i.test(JSON.stringify(product.sandbox.modal(MIA))) || undefined);
  expect(JSON.stringify(product.sandbox.messages({ as: PIA }))).not.toContain('sourced');
  await share(PARTNERSHIPS);
  const posted = await product.sandbox.waitFor(() =>
    product.sandbox.messages({ as: MIA, channel: PARTNERSHIPS }).find((one) => JSON.stringify(one.blocks).includes('Shared by')),
  );
  expect(json(posted)).toContain('Partners sourced');
  expect(json(posted)).not.toContain(ACTIONS.revenueWhy);
});

test('nobody of a partner gets a report, a file or a sale of it', async () => {
  await aQuarter();
  for (const actionId of [ACTIONS.revenueCompare, ACTIONS.revenueExport, ACTIONS.revenueWhy, ACTIONS.revenueSale])
    await forgedClick(product, product.sandbox.sourceOf(PIA), { actionId, value: 'this quarter' });
  const told = () => JSON.stringify([product.sandbox.messages({ as: PIA }), product.sandbox.modal(PIA)]);
  await product.sandbox.waitFor(() => told().includes('This is for the team') || undefined);
  expect(told()).not.toContain('Customer');
});

test('an admin says how figures are measured: faults stand beside their fields, and every sale is worked out anew', async () => {
  await aQuarter();
  const { sandbox } = product;
  expect(json(await typed('revenue', MIA))).not.toContain(ACTIONS.measureRules);
  const message = await typed('revenue', ANA);
  await sandbox.as(ANA).click(message, ACTIONS.measureRules, { value: 'open' });
  const form = await sandbox.waitFor(() => sandbox.modal(ANA)?.callback_id === VIEWS.measureRules && sandbox.modal(ANA));
  const filled = { currency: 'GBP', fiscalYearStart: '4', claimDays: '7', lookBackDays: '30', halfLifeDays: '14' };
  const weights = { roleWeights: 'source: 50\nresell: 50', secondApproval: '5,000' };
  expect(await sandbox.as(ANA).submit(form, { ...filled, ...weights, currency: 'XXL', roleWeights: 'sorce: 50' })).toMatchObject({
    ok: false,
    errors: { currency: expect.stringContaining('EUR'), roleWeights: expect.stringContaining('sorce: 50') },
  });
  expect(await sandbox.as(ANA).submit(form, { ...filled, ...weights })).toMatchObject({ ok: true });
  expect(await getMeasureRules(HOME)).toMatchObject({
    ...{ currency: 'GBP', fiscalYearStart: 4, claimDays: 7, secondApprovalMinor: 500_000, rev: 1 },
    roleWeights: { source: 50, resell: 50, influence: 0 },
  });
  expect(await listSalesDue('creditDue', AT, 10)).toHaveLength(3);
});

test('a manager notes a claim: faults stand beside their fields; a late one is kept and counts once somebody says why; colleagues note no claims', async () => {
  await aQuarter();
  const { sandbox } = product;
  await sandbox.as(MIA).command(GENERAL, '/partners touch customer 2');
  const forColleagues = await modalWith('Which sale?');
  expect(JSON.stringify(forColleagues)).not.toContain('referral-accepted');
  await sandbox.as(MIA).close(forColleagues);
  const milo = sandbox.as(MILO);
  await milo.command(GENERAL, '/partners touch customer 2');
  const form = await modalWith('Which sale?', MILO);
  expect(JSON.stringify(form)).not.toContain('Customer 1');
  const filled = { saleId: 'crm:2', partner: 'Acme', type: 'referral-accepted', day: '2026-11-20', evidence: 'Their mail of that day' };
  const faulty = async (wrong: object) => milo.submit(form, { ...filled, ...wrong });
  expect(await faulty({ partner: 'Nobody' })).toMatchObject({ errors: { partner: expect.stringContaining('“Nobody”') } });
  expect(await faulty({ day: '2027-01-01' })).toMatchObject({ errors: { day: expect.stringContaining('still to come') } });
  await milo.submit(form, filled);
  const said = JSON.stringify(await modalWith('It counts for nothing', MILO));
  expect(said).toMatch(/claimed within 14 days after .*2026-11-03.*when our sales had it; that was until .*2026-11-17/);
  expect(said).toContain(ACTIONS.touchCount);
  const creditsOf = async () => {
    await creditSales.run({}, someDeps());
    return (await findSaleCredit(HOME, 'crm:2'))?.credits ?? [];
  };
  expect(await creditsOf()).toEqual([]);
  // Noted twice by a form that Slack sent again, it stands once.
  const [touch, ...others] = await listTouches(HOME, 'crm:2');
  expect([touch?.type, touch?.by, others]).toEqual(['referral-accepted', MILO, []]);
  await forgedClick(product, sandbox.sourceOf(MILO), { actionId: ACTIONS.revenueSale, value: 'crm:2' });
  await sandbox.as(MILO).click(await modalWith('claimed after the deadline', MILO), ACTIONS.touchCount);
  await sandbox.as(MILO).submit(await modalWith('Claims ended', MILO), { because: 'Their mail came to a mailbox nobody reads' });
  await modalWith('says who let it', MILO);
  expect(await creditsOf()).toMatchObject([{ partnerId: acme.id, kinds: ['sourced', 'referral'] }]);
  const [counted] = await listTouches(HOME, 'crm:2');
  expect(counted?.lateOverride).toMatchObject({ by: MILO, because: 'Their mail came to a mailbox nobody reads' });
  expect((await listAudit(HOME, { subject: 'sale:crm:2' })).map(({ action, by }) => [action, by])).toEqual(
    expect.arrayContaining([
      ['touch.note', MILO],
      ['touch.count', MILO],
    ]),
  );
});

test('a deal’s card offers it too, also a moment after the approval, and what counts is said at once', async () => {
  const deal = await aDeal(acme);
  await decideDeal(milo, deal.id, { move: 'approve' }, { byName: 'Milo', at: AT });
  await forgedClick(product, product.sandbox.sourceOf(MIA), { actionId: ACTIONS.touchNote, value: `deal:${deal.id}` });
  const form = await modalWith('Which partner?');
  expect(JSON.stringify(form)).toContain('"initial_value":"Acme"');
  await product.sandbox.as(MIA).submit(form, { partner: 'Acme', type: 'demo', day: '2026-11-23', evidence: 'Demo with their IT' });
  await modalWith('It counts; the figures follow');
  expect((await listTouches(HOME, `deal:${deal.id}`)).map(({ type }) => type)).toEqual(['registration', 'demo']);
});

test('a manager brings money by a file, after it was said what it holds, and one entry by hand; nobody else does', async () => {
  await aSale({ state: 'won', closedAt: AT });
  const { sandbox } = product;
  const file = await sandbox
    .as(MILO)
    .upload(
      'money.csv',
      Buffer.from(
        'kind,id,sale,date,amount,currency\ninvoice,17,Saltmarsh Clinics,2026-11-20,100,EUR\ninvoice,18,Nobody,2026-11-20,100,EUR\n',
      ),
    );
  const offer = (who: string) => answer(who, () => sandbox.as(who).command(GENERAL, '/partners revenue import'), /Bring invoices/);
  expect(json(await offer(MIA))).not.toContain(ACTIONS.moneyFile);
  await sandbox.as(MILO).click(await offer(MILO), ACTIONS.moneyFile);
  await sandbox.as(MILO).submit(await modalWith(VIEWS.moneyFile, MILO), { file: [file] });
  const check = await modalWith('Record 1 Entry', MILO);
  expect(JSON.stringify(check)).toMatch(/1 invoice: 100 EUR.*1 line left out.*Line 3: no sale is “Nobody”/);
  expect(await listOfSale(HOME, 'crm:1')).toEqual([]);
  await sandbox.as(MILO).submit(check, {});
  await modalWith('1 entry recorded', MILO);
  expect((await listSalesDue('accrueDue', AT, 9)).map(({ id }) => id)).toEqual(['crm:1']);
  await forgedClick(product, sandbox.sourceOf(MIA), { actionId: ACTIONS.moneyOpen, value: 'crm:1' });
  await sandbox.waitFor(() => /You need the role/.test(JSON.stringify(sandbox.modal(MIA))) || undefined);
  await forgedClick(product, sandbox.sourceOf(MILO), { actionId: ACTIONS.moneyOpen, value: 'crm:1' });
  const form = await modalWith('Refund of', MILO);
  const filled = { kind: 'refund', id: 'r1', amount: '30 EUR', day: '2026-11-21', of: 'invoice:17' };
  expect(await sandbox.as(MILO).submit(form, { ...filled, amount: '130 EUR' })).toMatchObject({
    errors: { amount: expect.stringContaining('more than what is left') },
  });
  expect(await sandbox.as(MILO).submit(form, { ...filled, amount: 'a lot' })).toMatchObject({
    errors: { amount: expect.stringContaining('“a lot”') },
  });
  await sandbox.as(MILO).submit(form, filled);
  await modalWith('Recorded, for good', MILO);
  expect((await listOfSale(HOME, 'crm:1')).map(({ kind, source, by, of }) => [kind, source, by, of])).toEqual([
    ['invoiced', 'invoice:17', MILO, null],
    ['refunded', 'refund:r1', MILO, 'invoice:17'],
  ]);
});

test('a manager records costs in a form and by a file, takes one back, and everybody reads what it returned and why', async () => {
  await aQuarter();
  const { sandbox } = product;
  const milo = sandbox.as(MILO);
  const modalOf = (who: string, words: string) =>
    sandbox.waitFor(() => {
      const shown = sandbox.modal(who);
      return shown && JSON.stringify(shown).includes(words) ? shown : undefined;
    });
  expect((await answer(MIA, () => sandbox.as(MIA).command(GENERAL, '/partners costs'), /role/)).text).toContain('manager');
  const empty = await typed('costs', MILO);
  expect(json(empty)).toContain('Nothing is recorded for it');
  await milo.click(empty, ACTIONS.costAdd);
  const form = await modalOf(MILO, 'An hour costs');
  expect(await milo.submit(form, { kind: 'people', scope: 'partner', partner: 'Nobody', hours: '3' })).toMatchObject({
    ok: false,
    errors: { partner: expect.stringContaining('No partner'), rate: expect.stringContaining('hour') },
  });
  await milo.submit(form, { day: '2026-11-20', kind: 'people', scope: 'partner', partner: 'Acme', hours: '7.5', rate: '80 EUR' });
  await modalOf(MILO, 'Recorded: 600 EUR');
  await milo.click(empty, ACTIONS.costImport);
  const file = await milo.upload('costs.csv', Buffer.from('Date,Kind,Amount\n2026-11-02,tools,400\n2026-11-03,beer,1\n'));
  await milo.submit(await modalOf(MILO, 'a cost a line'), { file: [file] });
  const check = await modalOf(MILO, '1 cost to record');
  expect(JSON.stringify(check)).toContain('Line 3, Kind');
  await milo.submit(check, {});
  await modalOf(MILO, '1 cost recorded');
  const returned = await answer(MIA, () => sandbox.as(MIA).command(GENERAL, '/partners return'), /a return of/);
  expect(returned.text).toContain('for *1,000 EUR*: a return of *200 %* without commissions, *200 %* with them');
  expect(json(returned)).toContain('not known: add it as a cost of direct sales');
  expect(json(returned)).not.toContain(ACTIONS.returnWhy);
  const theirs = await answer(MILO, () => milo.command(GENERAL, '/partners return'), /a return of/);
  await milo.click(theirs, ACTIONS.returnWhy);
  const why = JSON.stringify(await modalOf(MILO, 'New customers through partners'));
  expect(why).toContain('(3,000 EUR − 1,000 EUR) ÷ 1,000 EUR = 200 %');
  expect(why).toMatch(/600 EUR\* People’s hours \(7.5 h\) for Acme/);
  const page = await answer(MILO, () => milo.command(GENERAL, '/partners costs'), /The newest/);
  const back = await answer(MILO, () => milo.click(page, ACTIONS.costTakeBack), /taken back/);
  expect(json(back)).toContain('cost *400 EUR*');
  const sent = await answer(MILO, () => milo.click(back, ACTIONS.costExport), /"name":"costs[^"]*csv/);
  const [one] = (sent.files ?? []) as { id: string }[];
  expect(String(await sandbox.download(MILO, one?.id ?? ''))).toContain('2026-11-20,people,partner,Acme,600,EUR,7.5,,yes');
});

test('the team is told once of a week, however many processes do it; an empty programme is left in peace, and a quiet week is one line', async () => {
  const { sandbox, deps } = product;
  const told = () =>
    sandbox.messages({ as: MIA, channel: PARTNERSHIPS }).filter(({ text }) => text?.startsWith('What partners brought in'));
  const on = (at: Date) => Promise.all([1, 2, 3].map(() => postSummaries.run({ workspaceId: HOME }, { ...deps, now: () => at })));
  const before = told().length;
  await on(addDays(AT, 7));
  expect(told()).toHaveLength(before);
  await aQuarter();
  await on(addDays(AT, 7));
  await on(addDays(AT, 8));
  expect(told()).toHaveLength(before + 1);
  const shown = JSON.stringify(told().at(-1)?.blocks);
  expect(shown).toContain(
    'Partners sourced *3,000 EUR* in the week of 2026-11-23 (booked), 50 % of all; nothing in the week of 2026-11-16.',
  );
  expect(shown).toContain('Most by =Brindle');
  expect(shown).toContain('revenue 2026-11-23 to 2026-11-29');
  await on(addDays(AT, 21));
  expect(JSON.stringify(told().at(-1)?.blocks)).toContain('Nothing was booked in the week of 2026-12-07');
});
