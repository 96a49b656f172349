import { listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import type { PaymentEntry } from '../../onboard/payment-details/payment-details.ts';
import { findPayment } from '../../onboard/payment-details/payment-repository.ts';
import { amountText } from '../../platform/money.ts';
import { unseal } from '../../platform/seal.ts';
import { csvLine } from '../../recruit/records/export-outreach.ts';
import { type Payout, paidSource, paidStatements, type Statement } from './payout.ts';

/** One partner's payment. `to`: where the money goes, as it was confirmed; null where it is not known: `changed` since the payout was made, or the key that sealed
 *  it is `unreadable`. `iban` is empty where that is none. */
export type Payment = {
  partnerId: string;
  name: string;
  minor: number;
  currency: string;
  method: PaymentEntry['method'] | '';
  to: string | null;
  iban: string;
  problem: 'changed' | 'unreadable' | '';
};

/** What leaves with a payout, with the details opened: for whoever may see these alone. */
export async function listPayments(payout: Payout, keys: readonly string[]): Promise<Payment[]> {
  const { workspaceId, currency } = payout;
  const statements = paidStatements(payout);
  const partners = await listPartnersByIds(
    workspaceId,
    statements.map(({ partnerId }) => partnerId),
  );
  const names = new Map(partners.map(({ id, name }) => [id, name]));
  const one = async ({ partnerId, entryId, payoutMinor: minor }: Statement): Promise<Payment> => {
    const whose = { partnerId, name: names.get(partnerId) ?? '', minor, currency };
    const current = (await findPayment(workspaceId, partnerId))?.current;
    if (current?.id !== entryId) return { ...whose, method: '', to: null, iban: '', problem: 'changed' };
    const to = opened(current, keys);
    if (to === null) return { ...whose, method: current.method, to, iban: '', problem: 'unreadable' };
    return { ...whose, method: current.method, to, iban: current.method === 'bank' ? await ibanIn(to) : '', problem: '' };
  };
  return Promise.all(statements.map(one));
}

function opened({ id, sealed }: PaymentEntry, keys: readonly string[]): string | null {
  try {
    return unseal(sealed, keys, id);
  } catch {
    return null;
  }
}

/** The IBAN that a text is, without spaces; empty when it is none. */
export async function ibanIn(text: string): Promise<string> {
  const iban = text.replace(/\s/g, '').toUpperCase();
  const { default: SEPA } = await import('sepa');
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban) && SEPA.validateIBAN(iban) ? iban : '';
}

/** The countries, by the beginning of their IBAN, whose banks take SEPA payments. Source: EPC409-09, geographical scope of the SEPA schemes. */
const SEPA_COUNTRIES = new Set(
  (
    'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO ' + 'AD AL CH GB GI MC MD ME MK RS SM VA'
  ).split(' '),
);

/** Whether a bank takes SEPA payments to this account. One that is elsewhere makes a bank refuse the whole file. */
export const isInSepa = (iban: string) => SEPA_COUNTRIES.has(iban.slice(0, 2));

/** Where the money comes from, and on which day, `2027-03-31`. */
export type Debtor = { name: string; iban: string; day: string };

/** A SEPA credit transfer of those that are in euro to an IBAN in one of its countries, and the rest, which it cannot pay. `xml` is null where it has none. Source: ISO 20022,
 *  pain.001.001.09; EPC217-08 on letters. */
export async function sepaFile(
  { id }: Pick<Payout, 'id'>,
  payments: readonly Payment[],
  debtor: Debtor,
  at: Date,
): Promise<{ xml: string | null; left: Payment[] }> {
  const isSepa = ({ currency, iban }: Payment) => currency === 'EUR' && isInSepa(iban);
  const left = payments.filter((payment) => !isSepa(payment));
  const paid = payments.filter(isSepa);
  if (paid.length === 0) return { xml: null, left };
  const { default: SEPA } = await import('sepa');
  const document = new SEPA.Document('pain.001.001.09');
  const message = id.replaceAll('-', '').slice(0, 24);
  Object.assign(document.grpHdr, { id: message, created: at, initiatorName: sepaText(debtor.name) });
  const info = document.createPaymentInfo();
  Object.assign(info, { requestedExecutionDate: noonOf(debtor.day), debtorIBAN: debtor.iban, debtorName: sepaText(debtor.name) });
  document.addPaymentInfo(info);
  for (const [index, { name, minor, iban }] of paid.entries()) {
    const transaction = info.createTransaction();
    const end2endId = `${message}.${index + 1}`;
    // The library writes two digits behind the point of what is exact up to 2^53 cents.
    const words = { creditorName: sepaText(name), remittanceInfo: `Commission ${message}` };
    info.addTransaction(Object.assign(transaction, { ...words, creditorIBAN: iban, amount: minor / 100, end2endId }));
  }
  return { xml: document.toString(), left };
}

/** The library writes the day of the machine's zone: at noon of that zone it is this one. */
const noonOf = (day: string) => new Date(`${day}T12:00:00`);

/** In the letters that every bank takes. */
function sepaText(words: string): string {
  const letters = words.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll('&', '+');
  return (
    letters
      .replace(/[^A-Za-z0-9/?:().,'+ -]/g, '.')
      .trim()
      .slice(0, 70) || 'Partner'
  );
}

/** For a bank that takes no SEPA file, and for what one cannot pay. */
export function bankCsv(payout: Payout, payments: readonly Payment[]): string {
  const head = csvLine(['partner', 'amount', 'currency', 'method', 'to', 'reference', 'problem']);
  const rows = payments.map((one) =>
    csvLine([one.name, amountText(one), one.currency, one.method, one.to ?? '', paidSource(payout.id, one.partnerId), one.problem]),
  );
  return [head, ...rows].join('');
}

/** For the accounts: a line for each line of each statement, and no payment details. */
export function accountsCsv(payout: Payout, names: ReadonlyMap<string, string>): string {
  const { id, currency, status, paid, reference } = payout;
  const head = csvLine([
    'payout',
    'state',
    'paidAt',
    'reference',
    'partner',
    'partnerId',
    'line',
    'day',
    'sale',
    'product',
    'amount',
    'currency',
  ]);
  const whole = [id, status, paid?.at.toISOString() ?? '', reference];
  const rows = paidStatements(payout).flatMap(({ partnerId, lines }) =>
    lines.map(({ source, day, saleId, product, minor }) =>
      csvLine([
        ...whole,
        names.get(partnerId) ?? '',
        partnerId,
        source,
        day,
        saleId ?? '',
        product,
        amountText({ minor, currency }),
        currency,
      ]),
    ),
  );
  return [head, ...rows].join('');
}
