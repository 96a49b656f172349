import { figureOf, type Given, hasRule, type Sold, type Standing } from './commission-line.ts';
import { converted, percentOf, proportionOf, splitInParts, sumOf } from './exact.ts';
import { type Rule, togetherRule } from './working-steps.ts';

/** What a part would earn of a revenue without a cap for all partners, in the currency of the sale. */
export type Would = { partnerId: string; role: string; minor: number };
type Capped = Pick<Given, 'totalCapBp' | 'others' | 'order'>;

/** The rules by which these parts stay below what all partners get of a revenue at most. Beyond it, that is split in proportion to what each would have
 *  earned, those included that have their line already, so that it does not matter which came first; nobody gets more than what is left. */
export function cappedTogether(sold: Sold, would: readonly Would[], { totalCapBp, others, order }: Capped): Rule[][] {
  if (totalCapBp === null) return would.map(() => []);
  const cap = percentOf(sold.minor, totalCapBp);
  const place = ({ partnerId, role }: Would) => order.indexOf(`${partnerId}:${role}`);
  const all = [...others.filter((line) => !hasRule(line, 'tier-raise')).map(wouldHave), ...would].sort((a, b) => place(a) - place(b));
  const minors = all.map(({ minor }) => minor);
  const parts = sumOf(minors) > cap ? splitInParts(cap, minors) : minors;
  let left = Math.max(0, cap - hadOf(others, 'earnedMinor'));
  return would.map((one) => {
    const share = Math.min(parts[all.indexOf(one)] ?? 0, left);
    left -= share;
    return share < one.minor ? [togetherRule(share, one.minor)] : [];
  });
}

/** What commissions on one revenue came to in the currency of the sale, or what refunds left of it. */
export function hadOf(lines: readonly Standing[], sum: 'earnedMinor' | 'keptMinor'): number {
  return sumOf(lines.map((line) => proportionOf(line[sum], line.working.baseMinor, Math.max(1, wholeBase(line)))));
}

function wholeBase({ working, currency }: Standing): number {
  return working.rate === null
    ? working.baseMinor
    : converted(working.baseMinor, { from: working.currency, to: currency, rate: working.rate });
}

const CAPS: readonly Rule['rule'][] = ['cap-all', 'cap-deal', 'cap-period'];

/** As it was before caps. A sum that was converted first is brought back in proportion. */
function wouldHave(line: Standing): Would {
  const { partnerId, working } = line;
  const { role, steps, baseMinor } = working;
  const capped = figureOf(working, 'cap-all');
  if (capped !== null) return { partnerId, role, minor: Number(capped.split('/')[1]) };
  const isOwn = steps[0]?.rule === 'conversion';
  const before = steps.filter(({ rule }) => !CAPS.includes(rule) && (isOwn || rule !== 'conversion')).at(-1)?.minor ?? 0;
  return { partnerId, role, minor: isOwn ? proportionOf(before, baseMinor, Math.max(1, wholeBase(line))) : before };
}
