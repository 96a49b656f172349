import type { Working } from '../ledger/transaction.ts';
import { hasRule, type Standing } from './commission-line.ts';
import { isRaiseOf } from './tier-period.ts';
import { keptOf } from './working-steps.ts';

/** What a refund takes back of a commission, below zero or nothing, and how. */
export type TakenBack = { line: Standing; minor: number; working: Working };

/** What a refund takes back of a commission on it: what is kept is the commission on what was not refunded, at the rates of then. */
export function takenBack(line: Standing, refundMinor: number): TakenBack {
  const keptBase = Math.max(0, line.keptBaseMinor - refundMinor);
  return leaving(line, keptBase, keptOf(line.working, keptBase, line.currency));
}

/** What a refund takes back of the commissions of its sale. `isTaken`: whether it has taken from this one already. A raise is kept for as much of the revenue
 *  as the commission that it raises. A fixed sum for the sale is kept as long as something is left that it is paid for, and then goes, whichever revenue
 *  it came with. */
export function takenBackBy(
  refund: { of: string; minor: number },
  ofSale: readonly Standing[],
  isTaken: (line: Standing) => boolean,
): TakenBack[] {
  return ofSale
    .filter((line) => line.sold === refund.of && !hasRule(line, 'tier-raise'))
    .flatMap((line) => {
      const keptBase = isTaken(line) ? line.keptBaseMinor : Math.max(0, line.keptBaseMinor - refund.minor);
      const raises = ofSale.filter((one) => isRaiseOf(one, line) && one.keptBaseMinor > keptBase);
      const own = hasRule(line, 'flat') ? fixedSum(line, keptBase, ofSale) : [takenBack(line, line.keptBaseMinor - keptBase)];
      return [...own, ...raises.map((one) => takenBack(one, one.keptBaseMinor - keptBase))];
    })
    .filter(({ line }) => !isTaken(line));
}

/** What is taken back of a commission whose part was taken away: all that refunds left of it. */
export function removedFrom(line: Standing): Omit<TakenBack, 'line'> {
  const minor = -line.keptMinor || 0;
  const steps: Working['steps'] = [{ rule: 'part-removed', figure: '', minor }];
  return { minor, working: { ...line.working, baseMinor: -line.keptBaseMinor || 0, steps } };
}

function fixedSum(line: Standing, keptBase: number, ofSale: readonly Standing[]): TakenBack[] {
  const { partnerId, working, sold } = line;
  const rest = ofSale.filter(
    (one) => one.partnerId === partnerId && one.working.role === working.role && one.sold !== sold && hasRule(one, 'flat'),
  );
  if (keptBase > 0 || rest.some(({ keptBaseMinor }) => keptBaseMinor > 0)) return [leaving(line, keptBase, line.keptMinor)];
  return [leaving(line, keptBase, 0), ...rest.filter(({ keptMinor }) => keptMinor > 0).map((one) => leaving(one, 0, 0))];
}

function leaving(line: Standing, keptBase: number, keptMinor: number): TakenBack {
  const minor = keptMinor - line.keptMinor || 0;
  const steps: Working['steps'] = [{ rule: 'refund', figure: String(keptBase), minor }];
  return { line, minor, working: { ...line.working, baseMinor: keptBase - line.keptBaseMinor || 0, steps } };
}
