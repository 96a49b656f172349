import type { Money } from '../../platform/money.ts';

/** What a person or a file can say of money: it was invoiced, it came, or it went back. */
export const MONEY_KINDS = ['invoice', 'payment', 'refund'] as const;
export type MoneyKind = (typeof MONEY_KINDS)[number];

/** One entry as it was typed and can be read. */
export type MoneyEntry = {
  /** In the file; 0 for a form. */
  line: number;
  kind: MoneyKind;
  /** As the accounts name it: of a kind, each is recorded once. */
  id: string;
  /** Of which sale: a deal's id, an opportunity's in the CRM, or the customer's name or domain. Empty for a refund. */
  sale: string;
  /** `2027-03-31`, where the workspace is. */
  day: string;
  money: Money;
  product: string;
  /** The id of what is refunded; empty for all else. */
  of: string;
};

/** What is wrong with an entry. Of what is typed: a row that cannot be read, no such kind, no id, no sale, no day, no sum, a refund of nothing. Of what is on file: an
 *  id that is twice in the file or on file with another sum, a day to come, no such sale or several, no such entry to refund or several, another
 *  currency than that, and more than is left of it. */
const MONEY_PROBLEMS = [
  ...(['row', 'kind', 'id', 'sale', 'day', 'amount', 'of'] as const),
  ...(['id-twice', 'known-other', 'day-to-come', 'sale-none', 'sale-several', 'of-none', 'of-several', 'of-currency', 'of-left'] as const),
] as const;
export type MoneyProblemCode = (typeof MONEY_PROBLEMS)[number];
/** `said`: what stood there. */
export type MoneyProblem = { line: number; code: MoneyProblemCode; said: string };

/** Under which an entry is recorded: `invoice:2027-17`. */
export const moneySource = ({ kind, id }: Pick<MoneyEntry, 'kind' | 'id'>) => `${kind}:${id}`;
