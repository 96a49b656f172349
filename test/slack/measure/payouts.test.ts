import { addDays, addHours } from 'date-fns';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { settlePayouts } from '../../../jobs/measure/settle-payouts.ts';
import { tellPayout } from '../../../jobs/measure/tell-payout.ts';
import type { Deps } from '../../../src/deps.ts';
import { approvePayout, markPayoutPaid, takeBackPayout } from '../../../src/measure/payouts/decide-payout.ts';
import { makePayout } from '../../../src/measure/payouts/make-payout.ts';
import type { Payout } from '../../../src/measure/payouts/payout.ts';
import { insertPayout, listPayouts, listPayoutsDue } from '../../../src/measure/payouts/payout-repository.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { EXT_QUILLMONT, GENERAL, MILO, PIA } from '../../sandbox/cast.ts';
import type { SandboxMessage } from '../../sandbox/contract.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { aCommission, DATA_KEY, IBAN, paidTo } from '../../support/a-payout.ts';
import { AT, ana, HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
let partner: Partner;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => addDays(AT, 1), workers: false, env: { DATA_KEY } });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  partner = await aPartner();
});

const fromBot = () => product.sandbox.messages({ as: MILO }).filter(({ userId }) => userId === product.sandbox.cast.app.botUserId);
async function pay(): Promise<SandboxMessage> {
  const answers = () => fromBot().filter(({ text }) => text === 'Payouts');
  const before = answers().length;
  await product.sandbox.as(MILO).command(GENERAL, '/partners pay');
  return product.sandbox.waitFor(() => (answers().length > before ? answers().at(-1) : undefined));
}
const json = (message: SandboxMessage) => JSON.stringify(message.blocks);
const shown = (words: string) =>
  product.sandbox.waitFor(() => {
    const view = product.sandbox.modal(MILO);
    return JSON.stringify(view ?? {}).includes(words) && view;
  });

test('where nothing is owed it says so, and where all is held until when', async () => {
  expect(json(await pay())).toContain('Nothing is owed');
  await aCommission({ source: 'a', partnerId: partner.id, minor: 4000, holdUntil: addDays(AT, 9) });
  expect(json(await pay())).toMatch(/nothing can be paid now; the next hold ends .*Quillmont.*still held/);
});

test('a payout is made, approved, handed out as files, paid and taken back', async () => {
  const { sandbox } = product;
  const as = sandbox.as(MILO);
  await paidTo(partner.id, piaOf(partner), ana);
  await aCommission({ source: 'a', partnerId: partner.id, minor: 4000 });
  const page = await pay();
  expect(json(page)).toContain('can be paid to 1 partner');
  await as.click(page, ACTIONS.payoutMake);
  const draft = await shown('waits for approval');
  expect(JSON.stringify(draft)).not.toContain('CSV Files');
  await as.click(draft, ACTIONS.payoutApprove);
  const approved = await shown('approved, to be paid');
  await as.click(approved, ACTIONS.payoutBank);
  const past = { name: 'Larkspur', iban: 'DE89 3704 0044 0532 0130 00', day: '2026-11-01' };
  expect(await as.submit(await shown('Your IBAN'), past)).toMatchObject({ ok: false, errors: { day: expect.stringContaining('over') } });
  await as.submit(await shown('Your IBAN'), { name: 'Larkspur', iban: 'DE89 3704 0044 0532 0130 00', day: '2026-12-01' });
  const files = () => fromBot().flatMap((one) => one.files.map(({ name }) => name));
  await shown('Upload it at your bank');
  const [payout] = await listPayouts(HOME, 1);
  const base = `payout-${payout?.id.slice(0, 8)}`;
  expect(files()).toEqual([`${base}.xml`]);
  await as.click(await pay(), ACTIONS.payoutShow);
  await as.click(await shown('approved, to be paid'), ACTIONS.payoutCsv);
  await shown('Both files are');
  await as.click(await pay(), ACTIONS.payoutShow);
  await as.click(await shown('Files for the bank went to'), ACTIONS.payoutTakeBack);
  await shown('Make sure that the bank does not pay by them');
  expect(files().sort()).toEqual([`${base}.xml`, `${base}-accounts.csv`, `${base}-bank.csv`].sort());
  await as.click(await pay(), ACTIONS.payoutShow);
  await as.click(await shown('approved, to be paid'), ACTIONS.payoutPay);
  await as.submit(await shown('Reference'), { reference: 'BANK-1' });
  const paid = await shown('Marked as paid');
  expect(JSON.stringify(paid)).not.toContain('Bank File');
  await as.click(paid, ACTIONS.payoutStatement);
  await shown('as PDF and CSV');
  expect(files().filter((name) => name.startsWith('statement-'))).toHaveLength(2);
  await as.click(await pay(), ACTIONS.payoutShow);
  await as.click(await shown('Marked as paid'), ACTIONS.payoutTakeBack);
  await as.submit(await shown('Why?'), { because: 'Wrong account' });
  await shown('Taken back by');
  expect(json(await pay())).toContain('can be paid to 1 partner');
  const record = JSON.stringify(await listAudit(HOME, { subject: `payout:${payout?.id}` }));
  expect(record).toContain('payout.export');
  expect(record).not.toContain(IBAN.slice(0, 9));
});

const inChannel = () =>
  product.sandbox.messages({ as: PIA, channel: EXT_QUILLMONT }).filter(({ userId }) => userId === product.sandbox.cast.app.botUserId);

test('a partner is told once that it was paid, with its statement, and once that this was taken back; without a channel by mail', async () => {
  const other = await aPartner({
    name: 'Brindle',
    domains: ['brindle.example'],
    people: [{ name: 'Bea', email: 'bea@brindle.example', role: 'sales' }],
  });
  await paidTo(partner.id, piaOf(partner), ana);
  await paidTo(other.id, ana, milo);
  await aCommission({ source: 'a', partnerId: partner.id, minor: 4000 });
  await aCommission({ source: 'b', partnerId: other.id, minor: 5000 });
  const { payout } = await makePayout(ana, 'EUR', AT);
  await approvePayout(milo, payout.id, AT);
  await markPayoutPaid(ana, { id: payout.id, reference: 'BANK-1' }, AT);
  const mails: string[] = [];
  const sendMail: Deps['sendMail'] = async (_to, bytes, before) => {
    if (!(await before())) return { outcome: 'held' };
    mails.push(bytes.toString());
    return { outcome: 'sent', response: '250 ok' };
  };
  const deps = { ...product.deps, sendMail, now: () => addDays(AT, 1) };
  const tell = async () => {
    await settlePayouts.run({}, deps);
    const run = () => tellPayout.run({ workspaceId: HOME, payoutId: payout.id }, deps);
    await Promise.allSettled([run(), run()]);
    await run();
  };
  await tellPayout.run(
    { workspaceId: HOME, payoutId: payout.id },
    { ...deps, now: () => AT, sendMail: () => Promise.reject(new Error('down')) },
  );
  expect(await listPayoutsDue(AT, 9)).toEqual([]);
  expect(await listPayoutsDue(addHours(AT, 1), 9)).toMatchObject([{ id: payout.id, since: addHours(AT, 1) }]);
  await tell();
  await tell();
  const [news, ...more] = inChannel();
  expect(JSON.stringify(news?.blocks)).toMatch(/40 EUR\* was paid to you.*BANK-1.*Earnings/);
  expect(JSON.stringify(inChannel())).not.toContain('Brindle');
  expect(more.flatMap(({ files }) => files.map(({ name }) => name))).toEqual([expect.stringMatching(/^statement-.*\.pdf$/)]);
  expect(more).toHaveLength(1);
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatch(/To: .*bea@brindle\.example/);
  expect(mails[0]).toContain('paid Brindle 50 EUR on Monday 23 November.');
  expect(await listPayoutsDue(addDays(AT, 9), 9)).toEqual([]);
  await takeBackPayout(ana, { id: payout.id, status: 'paid', because: 'Our secret' }, AT);
  await tell();
  await tell();
  expect(inChannel()).toHaveLength(3);
  // Slack may show the file of the statement later than what was posted after it.
  expect(JSON.stringify(inChannel())).toMatch(/payout of \*40 EUR\* that I told you of, .*, was taken back/);
  expect(mails.map((mail) => /^Subject: (.*)/m.exec(mail)?.[1])).toEqual([
    'Larkspur paid you 50 EUR',
    'The payout of 50 EUR was taken back',
  ]);
  expect(JSON.stringify([inChannel(), mails])).not.toContain('Our secret');
});

test('a payout of many partners is read page by page', async () => {
  const statement = (place: number) => ({
    ...{
      partnerId: `p${place}`,
      entryId: 'e',
      carriedInMinor: 0,
      leastMinor: 0,
      netMinor: 100 + place,
      payoutMinor: 100 + place,
      carriedOutMinor: 0,
    },
    lines: [],
  });
  const payout: Payout = {
    ...{
      id: 'many',
      workspaceId: HOME,
      currency: 'EUR',
      status: 'draft',
      statements: Array.from({ length: 95 }, (_, place) => statement(place)),
    },
    ...{
      leftOut: [],
      by: MILO,
      at: AT,
      needs: 1,
      approvals: [],
      limit: null,
      reference: '',
      handedOut: null,
      paid: null,
      takenBack: null,
      due: null,
      rev: 0,
    },
  };
  await insertPayout(payout, auditEntry({ workspaceId: HOME, by: MILO, at: AT, action: 'payout.make', subject: 'payout:many' }));
  const as = product.sandbox.as(MILO);
  await forgedClick(product, product.sandbox.sourceOf(MILO), { actionId: ACTIONS.payoutShow, value: 'many' });
  await as.click(await shown('Statements 1 to 40 of 95'), ACTIONS.payoutNext);
  const second = await shown('Statements 41 to 80 of 95');
  expect(JSON.stringify(second)).toContain('1.40 EUR');
  await as.click(second, ACTIONS.payoutNext);
  const last = await shown('Statements 81 to 95 of 95');
  expect(JSON.stringify(last)).not.toContain(ACTIONS.payoutNext);
  await as.click(last, ACTIONS.payoutBack);
  await shown('Statements 41 to 80 of 95');
});
