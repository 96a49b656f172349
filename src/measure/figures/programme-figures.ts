import { differenceInMilliseconds } from 'date-fns';
import { type Activation, median } from '../../onboard/figures/onboarding-figures.ts';
import type { ClosedSale } from '../sales/closed-sales.ts';

/** So many of so many. */
export type Share = { part: number; of: number };
/** The middle of some numbers of days; null of none. */
export type Middle = { medianDays: number | null; of: number };
/** Of sales that partners sourced, and of those without any partner. */
type Sides<Figure> = { partner: Figure; direct: Figure };

export type ProgrammeFigures = {
  /** From being added to the first registration, of all partners so far. */
  firstRegistration: Middle;
  /** From being added to the first deal won, of those who won it in the period. */
  firstWin: Middle;
  /** Of all partners so far. */
  activation: Activation[];
  /** Won, of what was won or lost in the period. */
  winRate: Sides<Share>;
  /** From when a sale began until it was won in the period. */
  cycle: Sides<Middle>;
  /** Approved, of the registrations of the period that are decided; and how long the decision took. */
  approval: Share;
  decision: Middle;
  /** Registrations of the period that met another record, of those that were checked. */
  conflicts: Share;
  /** Partners with revenue that they sourced in the period, of those who were partners in it. */
  productive: Share;
};

/** Of fewer, a share or a middle says more of chance than of the programme. */
export const LEAST_SAMPLE = 5;
export function isTooFew({ of }: Pick<Share, 'of'>): boolean {
  return of < LEAST_SAMPLE;
}

/** A registration with what became of it; `decidedAt` is null while it waits. */
export type Registered = { submittedAt: Date; decidedAt: Date | null; isApproved: boolean; isChecked: boolean; isConflict: boolean };

const DAY_MS = 86_400_000;
const daysFrom = (from: Date, to: Date) => Math.max(0, differenceInMilliseconds(to, from) / DAY_MS);
const middleOf = (days: readonly number[]): Middle => ({ medianDays: median(days), of: days.length });

/** Win rate and cycle of both sides. A purchase by a referral link was never open, so it could not be lost: it says nothing of either. Pure. */
export function saleFigures(closed: readonly ClosedSale[]): Pick<ProgrammeFigures, 'winRate' | 'cycle'> {
  const of = (side: ClosedSale['side']) => closed.filter((sale) => sale.side === side && !sale.id.startsWith('customer:'));
  const won = (sales: readonly ClosedSale[]) => sales.filter(({ state }) => state === 'won');
  const rate = (sales: readonly ClosedSale[]): Share => ({ part: won(sales).length, of: sales.length });
  const cycle = (sales: readonly ClosedSale[]) => middleOf(won(sales).map(({ createdAt, closedAt }) => daysFrom(createdAt, closedAt)));
  const [partner, direct] = [of('partner'), of('direct')];
  return { winRate: { partner: rate(partner), direct: rate(direct) }, cycle: { partner: cycle(partner), direct: cycle(direct) } };
}

/** How registrations were decided. Pure. */
export function registrationFigures(registered: readonly Registered[]): Pick<ProgrammeFigures, 'approval' | 'decision' | 'conflicts'> {
  const decided = registered.flatMap(({ decidedAt, ...rest }) => (decidedAt ? [{ ...rest, decidedAt }] : []));
  const checked = registered.filter(({ isChecked }) => isChecked);
  return {
    approval: { part: decided.filter(({ isApproved }) => isApproved).length, of: decided.length },
    decision: middleOf(decided.map(({ submittedAt, decidedAt }) => daysFrom(submittedAt, decidedAt))),
    conflicts: { part: checked.filter(({ isConflict }) => isConflict).length, of: checked.length },
  };
}

/** Days from being added to the first deal won, of partners who won it in the period. `wonOn`: the day of each partner's first, by id. Pure. */
export function firstWinOf(
  partners: readonly { id: string; createdAt: Date }[],
  wonOn: ReadonlyMap<string, string>,
  { from, to }: { from: string; to: string },
): Middle {
  const days = partners.flatMap(({ id, createdAt }) => {
    const day = wonOn.get(id);
    return day && day >= from && day < to ? [daysFrom(createdAt, new Date(day))] : [];
  });
  return middleOf(days);
}
