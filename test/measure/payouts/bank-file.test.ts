import { expect, test } from 'vitest';
import { accountsCsv, bankCsv, ibanIn, type Payment, sepaFile } from '../../../src/measure/payouts/bank-file.ts';
import type { Payout } from '../../../src/measure/payouts/payout.ts';
import { statementCsv, statementPdf } from '../../../src/measure/payouts/statement-file.ts';
import { IBAN } from '../../support/a-payout.ts';
import { AT, HOME } from '../../support/builders.ts';

const line = { source: 'earned:x', day: '2026-11-23', saleId: 'crm:1', product: '=Suite', minor: 1999, carried: false };
const payout: Payout = {
  ...{ id: '0b0f6b1e-8a0c-4a57-9f0e-0d3c1f2e4a5b', workspaceId: HOME, currency: 'EUR', status: 'approved', leftOut: [], by: 'U1', at: AT },
  statements: [
    {
      ...{ partnerId: 'p1', entryId: 'e', carriedInMinor: 0, leastMinor: 0, netMinor: 1999, payoutMinor: 1999, carriedOutMinor: 0 },
      lines: [line],
    },
  ],
  ...{ needs: 1, approvals: [], reference: '', handedOut: null, limit: null, paid: null, takenBack: null, due: null, rev: 0 },
};
const payment = (given: Partial<Payment>): Payment => ({
  ...{ partnerId: 'p1', name: 'Zoë & Söhne <Ltd>', minor: 1999, currency: 'EUR', method: 'bank', to: IBAN, iban: 'DE89370400440532013000' },
  ...{ problem: '', ...given },
});
// What the registry of IBANs gives as its example for the UAE.
const UAE = 'AE070331234567890123456';
const DEBTOR = { name: 'Larkspur', iban: 'DE89370400440532013000', day: '2026-12-01' };
const all = (xml: string, tag: string) => [...xml.matchAll(new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`, 'g'))].map(([, inside]) => inside);

test('the bank file has each payment in euro to an IBAN, its sums and counts agree, and names the rest', async () => {
  const minors = [1999, 1, 10, 123_456_789, 29, 57];
  const others = [
    payment({ currency: 'USD' }),
    payment({ iban: '', method: 'paypal' }),
    payment({ to: UAE, iban: UAE }),
    payment({ to: null, iban: '', problem: 'changed' }),
  ];
  const { xml, left } = await sepaFile(payout, [...minors.map((minor) => payment({ minor })), ...others], DEBTOR, AT);
  expect(left).toEqual(others);
  const file = xml ?? '';
  expect(file).toContain('pain.001.001.09');
  expect(all(file, 'InstdAmt')).toEqual(['19.99', '0.01', '0.10', '1234567.89', '0.29', '0.57']);
  expect(all(file, 'CtrlSum')).toEqual(['1234588.85', '1234588.85']);
  expect(all(file, 'NbOfTxs')).toEqual(['6', '6']);
  expect(new Set(all(file, 'IBAN'))).toEqual(new Set(['DE89370400440532013000']));
  expect(new Set(all(file, 'EndToEndId')).size).toBe(6);
  expect(all(file, 'Nm')).toContain('Zoe + Sohne .Ltd.');
  for (const id of [...all(file, 'MsgId'), ...all(file, 'PmtInfId'), ...all(file, 'EndToEndId')])
    expect(id?.length).toBeLessThanOrEqual(35);
  expect(file).toMatch(/<ReqdExctnDt>\s*(<Dt>)?2026-12-01/);
  expect((await sepaFile(payout, others, DEBTOR, AT)).xml).toBeNull();
});

test.each(['Pacific/Auckland', 'America/Los_Angeles'])(
  'the bank is asked for the day that was chosen, on a machine in %s',
  async (zone) => {
    const before = process.env.TZ;
    process.env.TZ = zone;
    try {
      expect((await sepaFile(payout, [payment({})], DEBTOR, AT)).xml).toMatch(/<ReqdExctnDt>\s*(<Dt>)?2026-12-01/);
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  },
);

test('an IBAN is one by its check digits', async () => {
  expect(await Promise.all([IBAN, 'DE88 3704 0044 0532 0130 00', 'pia@quillmont.example'].map(ibanIn))).toEqual([
    'DE89370400440532013000',
    '',
    '',
  ]);
});

test('files for the bank, the accounts and the partner say the same sum, and no cell is a formula', async () => {
  expect(bankCsv(payout, [payment({})])).toContain('19.99,EUR,bank,');
  const names = { partner: 'Quillmont', company: 'Larkspur', customers: new Map([['crm:1', 'Saltmarsh']]), dayOf: () => '2026-11-30' };
  for (const csv of [accountsCsv(payout, new Map()), statementCsv(payout, payout.statements[0] ?? fail(), names)]) {
    expect(csv).toContain('19.99');
    expect(csv).not.toContain(',=Suite');
  }
  expect((await statementPdf(payout, payout.statements[0] ?? fail(), names)).subarray(0, 5).toString()).toBe('%PDF-');
});

test('what is taken back is a number to a spreadsheet, so that its column adds up', () => {
  const statement = payout.statements[0] ?? fail();
  const back = { ...line, source: 'clawback:x', product: '-60 days', minor: -6000 };
  const names = { partner: 'Quillmont', company: 'Larkspur', customers: new Map([['crm:1', 'Saltmarsh']]), dayOf: () => '2026-11-30' };
  const csv = statementCsv(payout, { ...statement, lines: [line, back] }, names);
  expect(csv).toContain(",'-60 days,-60,EUR,");
  expect(accountsCsv({ ...payout, statements: [{ ...statement, lines: [line, back] }] }, new Map())).toContain(',-60,EUR');
});

function fail(): never {
  throw new Error('there is a statement');
}
