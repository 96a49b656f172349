/** How many people a request asks for; `length` characters of it say so. */
type SizeRead = { min: number; max: number; length: number };

const N = String.raw`(\d{1,3}(?:[.,']\d{3})+|\d{1,7})(k?)`;
const PEOPLE = `(?:[ -]?(?:people|persons?|employees?|staff|heads|headcount|ftes?))`;
const NO_END = Number.POSITIVE_INFINITY;
/** “50 people” is no exact figure: from half to double. */
const ABOUT = 2;

type Reader = (first: number, second: number) => [min: number, max: number];

const RANGES: [pattern: RegExp, read: Reader][] = [
  [range(`(?:between |from )?${N} ?(?:-|–|—|to|and|bis) ?${N}${PEOPLE}?`), (a, b) => [Math.min(a, b), Math.max(a, b)]],
  [range(`(?:over|above|more than|greater than|>) ?${N}${PEOPLE}?`), (a) => [a + 1, NO_END]],
  [range(`(?:at least|minimum|min|from|>=|≥) ?${N}${PEOPLE}?`), (a) => [a, NO_END]],
  [range(`(?:under|below|less than|fewer than|<) ?${N}${PEOPLE}?`), (a) => [1, Math.max(1, a - 1)]],
  [range(`(?:up to|at most|maximum|max|<=|≤) ?${N}${PEOPLE}?`), (a) => [1, Math.max(1, a)]],
  [range(String.raw`${N}(?: ?\+| or more)${PEOPLE}?`), (a) => [a, NO_END]],
  [range(`${N} or (?:fewer|less)${PEOPLE}?`), (a) => [1, Math.max(1, a)]],
  [range(`(?:about |around |roughly |some |~)?${N}${PEOPLE}`), (a) => [Math.max(1, Math.floor(a / ABOUT)), Math.max(1, a * ABOUT)]],
  [range('(?:tiny|micro|boutique)'), () => [1, 10]],
  [range('(?:small|smaller|little)'), () => [1, 50]],
  [range('(?:medium|mid|mid-?(?:size|market)|medium-?size)(?:-?sized|d)?'), () => [51, 500]],
  [range('(?:large|larger|big|bigger|huge)'), () => [501, NO_END]],
];

/** The size at the beginning of the text, in lower case; null where it begins with none. */
export function readSize(text: string): SizeRead | null {
  for (const [pattern, read] of RANGES) {
    const found = pattern.exec(text);
    if (!found) continue;
    const [min, max] = read(wholeNumber(found[1], found[2]), wholeNumber(found[3], found[4]));
    return { min, max, length: found[0].length };
  }
  return null;
}

function range(pattern: string): RegExp {
  return new RegExp(String.raw`^${pattern}(?![\p{L}\p{N}+])`, 'u');
}

function wholeNumber(digits = '', thousands = ''): number {
  return Number(digits.replace(/\D/g, '')) * (thousands ? 1_000 : 1);
}
