import { amountText, moneyWords } from '../../platform/money.ts';
import { type PdfPart, writePdf } from '../../platform/pdf.ts';
import { csvLine } from '../../recruit/records/export-outreach.ts';
import type { Payout, Statement } from './payout.ts';

/** Whose it is, and who pays: names for people. `customers`: by sale. */
export type StatementNames = {
  partner: string;
  company: string;
  customers: ReadonlyMap<string, string> /** The day of an instant where the payer is. */;
  dayOf: (at: Date) => string;
};

/** A partner's statement of a payout as a PDF: what it earned, what was taken back, what is paid. Nothing internal: the partner gets it. */
export function statementPdf(payout: Payout, statement: Statement, names: StatementNames): Promise<Buffer> {
  const { currency, paid, reference, at } = payout;
  const { carriedInMinor, netMinor, payoutMinor, carriedOutMinor, lines } = statement;
  const money = (minor: number) => moneyWords({ minor, currency });
  const parts: PdfPart[] = [
    { kind: 'title', words: 'Statement of commissions' },
    { kind: 'text', words: `For ${names.partner}, from ${names.company}` },
    { kind: 'text', words: paid && payout.status === 'paid' ? `Paid on ${names.dayOf(paid.at)}, reference: ${reference}` : 'Not paid yet' },
    { kind: 'heading', words: 'Lines' },
    ...lines.map(
      ({ day, saleId, product, minor, carried }): PdfPart => ({
        kind: 'text',
        words: `${day}  ${[names.customers.get(saleId ?? '') ?? '', product].filter(Boolean).join(', ')}  ${money(minor)}${carried ? ' (carried in)' : ''}`,
      }),
    ),
    { kind: 'heading', words: 'Sum' },
    ...(carriedInMinor === 0 ? [] : [{ kind: 'text', words: `Carried in: ${money(carriedInMinor)}` } as const]),
    { kind: 'text', words: `Net: ${money(netMinor)}` },
    { kind: 'text', words: `Paid out: ${money(payoutMinor)}` },
    ...(carriedOutMinor === 0 ? [] : [{ kind: 'text', words: `Carried to the next payout: ${money(carriedOutMinor)}` } as const]),
    { kind: 'small', words: `Payout ${payout.id}, made on ${names.dayOf(at)}` },
  ];
  return writePdf({ title: 'Statement of commissions', parts, at });
}

/** The same for a spreadsheet. */
export function statementCsv({ currency }: Payout, { lines }: Statement, { customers }: StatementNames): string {
  const head = csvLine(['day', 'customer', 'product', 'amount', 'currency', 'carriedIn']);
  const rows = lines.map(({ day, saleId, product, minor, carried }) =>
    csvLine([day, customers.get(saleId ?? '') ?? '', product, amountText({ minor, currency }), currency, carried ? 'yes' : 'no']),
  );
  return [head, ...rows].join('');
}
