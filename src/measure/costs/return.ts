import { proportionOf, sumOf, WHOLE_BP } from '../commissions/exact.ts';
import type { CostKind } from '../ledger/transaction.ts';
import type { ClosedSale } from '../sales/closed-sales.ts';

/** What a period is weighed by, in minor units of the workspace's currency. */
export type ReturnInputs = {
  /** Sourced by partners, in one stage. */
  revenueMinor: number;
  /** Of the programme and of single partners. */
  costs: readonly { kind: CostKind; minor: number }[];
  /** Earned by partners, less what was taken back. */
  commissionMinor: number;
  /** Of our own direct sales; null while nobody recorded any. */
  directMinor: number | null;
  /** New customers that partners sourced, and that came without any partner. */
  customers: { partner: number; direct: number };
};

/** A figure without commissions and with them: the field counts both ways, so both have a name. */
export type Both<Figure> = { without: Figure; with: Figure };
export type ReturnFigures = {
  cost: Both<number>;
  /** Basis points of what was spent that came back on top; null where nothing was spent. */
  returnBp: Both<number | null>;
  /** What a new customer through partners cost; null where there was none. */
  cac: Both<number | null>;
  /** The same of our own sales; null where there was none, or its cost is not known. */
  directCac: number | null;
};

/** Return is revenue less cost, by cost; the cost of a customer is all cost by new customers. Pure. Source: domain rules, B6. */
export function returnOf({ revenueMinor, costs, commissionMinor, directMinor, customers }: ReturnInputs): ReturnFigures {
  const without = sumOf(costs.map(({ minor }) => minor));
  const cost = { without, with: without + commissionMinor };
  const back = (spent: number) => (spent > 0 ? proportionOf(revenueMinor - spent, WHOLE_BP, spent) : null);
  const each = (spent: number, many: number) => (many > 0 ? proportionOf(spent, 1, many) : null);
  return {
    cost,
    returnBp: { without: back(cost.without), with: back(cost.with) },
    cac: { without: each(cost.without, customers.partner), with: each(cost.with, customers.partner) },
    directCac: directMinor === null ? null : each(directMinor, customers.direct),
  };
}

/** Of sales won in a period, the first of each company that had bought nothing before: sourced by a partner, or without any. Companies are told apart by their
 *  domain; one without is taken for a company of its own. `wonBefore`: domains that bought before the period. */
export function newCustomers(won: readonly ClosedSale[], wonBefore: ReadonlySet<string>): { partner: ClosedSale[]; direct: ClosedSale[] } {
  const first = new Map<string, ClosedSale>();
  const isEarlier = (a: ClosedSale, b: ClosedSale) => a.closedAt < b.closedAt || (+a.closedAt === +b.closedAt && a.id < b.id);
  for (const sale of won) {
    if (sale.domain !== null && wonBefore.has(sale.domain)) continue;
    const key = sale.domain ?? `sale ${sale.id}`;
    const known = first.get(key);
    if (!known || isEarlier(sale, known)) first.set(key, sale);
  }
  const of = (side: ClosedSale['side']) => [...first.values()].filter((sale) => sale.side === side);
  return { partner: of('partner'), direct: of('direct') };
}
