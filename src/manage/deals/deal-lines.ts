import { isCurrency, readMoney } from '../../platform/money.ts';
import type { DealLine } from './deal.ts';

/** More products are no list that somebody reads. */
const MOST_LINES = 30;
/** Faults that are said at once. */
const MOST_SAID = 3;
const LONGEST_PRODUCT = 200;

/** Products, one a line, such as `3 x Widget Pro 1,200 EUR`: how many, what, and what they cost together; only the product must be there. Blank lines
 *  count for nothing. Where a line cannot be read, `wrong` says which and why. */
export function readDealLines(text: string): { lines: DealLine[] } | { wrong: string } {
  const typed = text.split(/\r?\n/).flatMap((line, index) => (line.trim() ? [{ line: line.trim(), number: index + 1 }] : []));
  if (typed.length > MOST_LINES) return { wrong: `A list has at most ${MOST_LINES} lines, and this has ${typed.length}: shorten it` };
  const read = typed.map(({ line, number }) => ({ number, ...readLine(line) }));
  const wrong = read.flatMap(({ number, fault }) => (fault ? [`Line ${number}: ${fault}`] : []));
  const more = wrong.length - MOST_SAID;
  if (wrong.length > 0) return { wrong: [...wrong.slice(0, MOST_SAID), ...(more > 0 ? [`and ${more} more`] : [])].join('. ') };
  return { lines: read.flatMap(({ line }) => line ?? []) };
}

type Read = { line: DealLine | null; fault: string | null };

function readLine(text: string): Read {
  const fault = (words: string): Read => ({ line: null, fault: words });
  const [, many = '', behind = ''] = /^(\S+)\s*[x×*]\s+(.+)$/i.exec(text) ?? [];
  const isCounted = /^[\d.,]+$/.test(many);
  const quantity = isCounted ? Number(many) : 1;
  if (isCounted && !(/^\d{1,7}$/.test(many) && quantity > 0))
    return fault('say how many as a whole number, such as 3 x Widget Pro 1,200 EUR');
  const { product, sum } = apart(isCounted ? behind : text);
  const value = sum === null || /^\d\S* \d/.test(sum) ? null : readMoney(sum);
  if (sum !== null && !value) return fault(`“${sum}” is no sum, write it such as 1,200 EUR`);
  if (!/\p{L}/u.test(product)) return fault('name the product, such as 3 x Widget Pro 1,200 EUR');
  if (product.length > LONGEST_PRODUCT) return fault(`a product’s name has at most ${LONGEST_PRODUCT} characters`);
  return { line: { product, quantity, value }, fault: null };
}

/** What ends like a sum, with a currency behind or before it, is taken for one. A number that stands alone belongs to the product's name. */
function apart(text: string): { product: string; sum: string | null } {
  // A blank that does not break belongs to a number.
  const words = text.split(/[ \t]+/);
  const [third = '', second = '', last = ''] = [words.at(-3), words.at(-2), words.at(-1)];
  const taken = wordsOfSum(third, second, last);
  return taken === 0 ? { product: text, sum: null } : { product: words.slice(0, -taken).join(' '), sum: words.slice(-taken).join(' ') };
}

const NUMBER = /^\d[\d.,'\u00a0\u202f]*$/;

function wordsOfSum(third: string, second: string, last: string): number {
  if (NUMBER.test(second) && (/^[A-Z]{3}$/.test(last) || isCurrency(last.toUpperCase()))) {
    // `Windows 11 200 EUR`: nobody can know which it is, so it is asked again.
    return NUMBER.test(third) && /^\d{3}(?:[.,]\d+)?$/.test(second) ? 3 : 2;
  }
  if (NUMBER.test(last) && isCurrency(second.toUpperCase())) return 2;
  return /^(?:\d.*\p{L}{3}|\p{L}{3}\d.*)$/u.test(last) && readMoney(last) ? 1 : 0;
}
