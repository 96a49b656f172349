import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CommandError } from '../errors.ts';
import { figureOf, type Part, type Sold, type Standing, standingOf } from '../measure/commissions/commission-line.ts';
import { commissionsOn } from '../measure/commissions/commission-on.ts';
import { isRate, percentOf, splitInParts, sumOf } from '../measure/commissions/exact.ts';
import { DEFAULT_SHARES, type Plan, type PlanTerms } from '../measure/commissions/plan.ts';
import { replay } from '../measure/commissions/replay.ts';
import { firstDayWithout, isWithin, marginalCommission } from '../measure/commissions/rules.ts';
import { takenBack } from '../measure/commissions/take-back.ts';
import { wholeFigure } from '../measure/commissions/working-steps.ts';
import { netPayout } from '../measure/payouts/net-payout.ts';
import { isCurrency } from '../platform/money.ts';
import { parseJson } from '../platform/parse-json.ts';
import { atOnce } from '../platform/slices.ts';

const USAGE = 'commissions FILE [--json]';

const minor = z.number().int();
const rateBp = z.number().int().nonnegative();
const currency = z.string().refine(isCurrency, 'is no currency');
const day = z.iso.date();
const fxRate = z.string().refine(isRate, 'is no rate');
const tiers = z.array(z.object({ fromMinor: minor, rateBp })).min(1);
const payout = { minimumMinor: minor.default(0), carriedInMinor: minor.default(0) };

/** One kind of sum: what it reads, and how it is worked out by the functions that accrual, split, refund and payout use. */
const kind =
  <Input extends z.ZodType>(input: Input, workOut: (input: z.output<Input>) => Record<string, unknown>) =>
  (given: unknown) =>
    workOut(input.parse(given));

const DAY = '2026-01-15';
const GIVEN = { totalCapBp: null, fiscalYearStart: 1, others: [], order: [], rateOf: () => null };

function planOf(currency: string, terms: Partial<PlanTerms>): Plan {
  return {
    ...{ workspaceId: '', planId: 'plan', version: 1, by: '', at: new Date(0), name: 'Plan', audience: { kind: 'everybody', names: [] } },
    ...{ base: 'invoiced', pay: { kind: 'percent', rateBp: 0 }, products: [], months: null, leastSaleMinor: 0, capDealMinor: null },
    ...{ capPeriod: null, shares: DEFAULT_SHARES, holdDays: 0, leastPayoutMinor: 0, currency, startsOn: '0001-01-01', endsOn: null },
    ...terms,
  };
}

function partOf(currency: string, rateBp: number, terms: Partial<PlanTerms> = {}): Part {
  return { partnerId: 'p1', role: 'source', plan: planOf(currency, { pay: { kind: 'percent', rateBp }, ...terms }), before: [] };
}

/** Revenue of a sale of its own, all on one day. */
function soldFor(currency: string, minor: number, source = 'sale'): Sold {
  return { source, saleId: source, stage: 'invoiced', day: DAY, product: '', minor, currency, dayMinor: minor, firstDay: DAY };
}

function earnedBy(parts: readonly Part[], sold: Sold, given: Partial<Parameters<typeof commissionsOn>[2]> = {}): Standing[] {
  return commissionsOn(sold, parts, { ...GIVEN, ...given }).lines.map((line, place) => standingOf(sold, line, `${sold.source}:${place}`));
}

const minorOf = ({ keptMinor }: Standing) => keptMinor;

/** What a refund takes back of a commission, which is smaller after it. */
function refunded(line: Standing, refundMinor: number): number {
  const { minor, working } = takenBack(line, refundMinor);
  line.keptMinor += minor;
  line.keptBaseMinor += working.baseMinor;
  return minor;
}

const KINDS = new Map<string, (given: unknown) => Record<string, unknown>>([
  [
    'percent',
    kind(z.object({ currency, baseMinor: minor, rateBp }), ({ baseMinor, rateBp }) => ({ commissionMinor: percentOf(baseMinor, rateBp) })),
  ],
  [
    'net-base',
    kind(z.object({ currency, listMinor: minor, discountMinor: minor.default(0), rateBp }), ({ rateBp, ...price }) => {
      const baseMinor = price.listMinor - price.discountMinor;
      return { baseMinor, commissionMinor: percentOf(baseMinor, rateBp) };
    }),
  ],
  [
    'tier-marginal',
    kind(z.object({ currency, tiers, volumeBeforeMinor: minor.default(0), saleMinor: minor }), ({ tiers, ...sale }) => ({
      commissionMinor: marginalCommission(tiers, sale),
    })),
  ],
  [
    'tier-whole',
    kind(z.object({ currency, tiers, salesMinor: z.array(minor) }), ({ currency, tiers, salesMinor }) => {
      const plan = planOf(currency, { pay: { kind: 'tiered', per: 'year', whole: true, tiers } });
      const happened = salesMinor.map((sale, place) => {
        const sold = soldFor(currency, sale, `sale-${place}`);
        return { kind: 'sold' as const, source: sold.source, sold, at: new Date(place) };
      });
      const has = { id: 'p1', role: 'source' as const, whom: { ids: ['p1'], types: [], tier: '' } };
      const { lines } = atOnce(replay({ ...GIVEN, happened, partsOf: () => [has], versions: [plan] }));
      const linesMinor = happened.map(({ source }) =>
        sumOf(lines.filter((line) => line.sold === source).map(({ keptMinor }) => keptMinor)),
      );
      const rates = lines.map(({ working }) => wholeFigure(figureOf(working, 'tier-whole') ?? '').rateBp);
      return { rateBp: Math.max(0, ...rates), linesMinor, totalMinor: sumOf(linesMinor) };
    }),
  ],
  [
    'cap-deal',
    kind(z.object({ currency, baseMinor: minor, rateBp, capMinor: minor }), ({ currency, baseMinor, rateBp, capMinor }) => {
      const earned = (terms: Partial<PlanTerms>) =>
        sumOf(earnedBy([partOf(currency, rateBp, terms)], soldFor(currency, baseMinor)).map(minorOf));
      return { uncappedMinor: earned({}), commissionMinor: earned({ capDealMinor: capMinor }) };
    }),
  ],
  [
    'cap-period',
    kind(
      z.object({ currency, rateBp, capMinor: minor, alreadyEarnedMinor: minor.default(0), basesMinor: z.array(minor) }),
      ({ currency, rateBp, capMinor, alreadyEarnedMinor, basesMinor }) => {
        const part = partOf(currency, rateBp, { capPeriod: { per: 'year', minor: capMinor } });
        const [earlier] = earnedBy([partOf(currency, rateBp)], soldFor(currency, 0, 'earlier'));
        const before = earlier ? [{ ...earlier, keptMinor: alreadyEarnedMinor }] : [];
        const linesMinor = basesMinor.map((base, place) => {
          const lines = earnedBy([{ ...part, before }], soldFor(currency, base, `sale-${place}`));
          before.push(...lines);
          return sumOf(lines.map(minorOf));
        });
        return { linesMinor, earnedInPeriodMinor: sumOf(before.map(minorOf)) };
      },
    ),
  ],
  [
    'cap-all-partners',
    kind(
      z.object({ currency, baseMinor: minor, capBp: rateBp, partners: z.array(z.object({ rateBp })) }),
      ({ currency, baseMinor, capBp, partners }) => {
        const parts = partners.map(({ rateBp }, place) => ({ ...partOf(currency, rateBp), partnerId: `p${place + 1}` }));
        const earned = (totalCapBp: number | null) => earnedBy(parts, soldFor(currency, baseMinor), { totalCapBp }).map(minorOf);
        return { uncappedMinor: earned(null), capMinor: percentOf(baseMinor, capBp), linesMinor: earned(capBp) };
      },
    ),
  ],
  [
    'split',
    kind(z.object({ currency, amountMinor: minor, shares: z.array(z.object({ shareBp: rateBp })).min(1) }), ({ amountMinor, shares }) => ({
      partsMinor: splitInParts(
        amountMinor,
        shares.map(({ shareBp }) => shareBp),
      ),
    })),
  ],
  [
    'refund',
    kind(
      z
        .object({ currency, saleMinor: minor, rateBpAtSale: rateBp, refundsMinor: z.array(minor.nonnegative()), paidOut: z.boolean() })
        .refine(({ saleMinor, refundsMinor }) => sumOf(refundsMinor) <= saleMinor, 'more is refunded than was sold'),
      ({ currency, saleMinor, rateBpAtSale, refundsMinor, paidOut }) => {
        const [line] = earnedBy([partOf(currency, rateBpAtSale)], soldFor(currency, saleMinor));
        const commissionMinor = line?.keptMinor ?? 0;
        const reversalsMinor = refundsMinor.map((refund) => (line ? refunded(line, refund) : 0));
        const keptMinor = commissionMinor + sumOf(reversalsMinor);
        return { commissionMinor, reversalsMinor, keptMinor, booking: paidOut ? 'clawback' : 'pending-reduced' };
      },
    ),
  ],
  [
    'payout',
    kind(z.object({ currency, linesMinor: z.array(minor), ...payout }), ({ linesMinor, minimumMinor, carriedInMinor }) =>
      netPayout(linesMinor, minimumMinor, carriedInMinor),
    ),
  ],
  [
    'payout-months',
    kind(z.object({ currency, months: z.array(z.array(minor)), ...payout }), ({ months, minimumMinor, carriedInMinor }) => {
      let carried = carriedInMinor;
      const paid = months.map((linesMinor) => {
        const { payoutMinor, carriedOutMinor } = netPayout(linesMinor, minimumMinor, carried);
        carried = carriedOutMinor;
        return { payoutMinor, carriedOutMinor };
      });
      return { months: paid };
    }),
  ],
  [
    'conversion',
    kind(
      z
        .object({
          dealCurrency: currency,
          payoutCurrency: currency,
          saleMinor: minor,
          rateBp,
          fxRate,
          refundMinor: minor.nonnegative().optional(),
        })
        .refine(({ saleMinor, refundMinor = 0 }) => refundMinor <= saleMinor, 'more is refunded than was sold'),
      ({ dealCurrency: from, payoutCurrency: to, saleMinor, rateBp, fxRate: rate, refundMinor }) => {
        const inDeal = earnedBy([partOf(from, rateBp)], soldFor(from, saleMinor));
        const inPayout = earnedBy([partOf(to, rateBp)], soldFor(from, saleMinor), { rateOf: () => ({ rate, rateDay: DAY }) });
        const earned = { commissionMinor: sumOf(inDeal.map(minorOf)), payoutMinor: sumOf(inPayout.map(minorOf)) };
        if (refundMinor === undefined) return earned;
        const back = (lines: Standing[]) => sumOf(lines.map((line) => refunded(line, refundMinor)));
        return { ...earned, reversalMinor: back(inDeal), reversalPayoutMinor: back(inPayout) };
      },
    ),
  ],
  [
    'recurring',
    kind(
      z.object({
        currency,
        firstInvoice: day,
        months: z.number().int().nonnegative().nullable(),
        rateBp,
        invoices: z.array(z.object({ date: day, amountMinor: minor })),
      }),
      ({ firstInvoice, months, rateBp, invoices }) => {
        const linesMinor = invoices.map(({ date, amountMinor }) =>
          isWithin(date, { firstInvoice, months }) ? percentOf(amountMinor, rateBp) : 0,
        );
        return { linesMinor, totalMinor: sumOf(linesMinor), firstDayWithout: firstDayWithout(firstInvoice, months) };
      },
    ),
  ],
]);

const Case = z.object({ id: z.string(), kind: z.string(), input: z.unknown() });

/** Works out one sum a line, by the functions that the product pays by; needs no database. Nothing is printed when a line cannot be read: the first
 *  that cannot is named. */
export async function runCommissions(args: string[], print: (line: string) => void): Promise<void> {
  const { positionals } = parseArgs({ args, options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
  const [file] = positionals;
  if (!file) throw new CommandError(`Say which file of sums: ${USAGE}`);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read (${cause instanceof Error ? cause.message : String(cause)}); check the path.`, {
      cause,
    });
  });
  const lines = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line, place) => ({ line: line.trim(), number: place + 1 }));
  const results = lines.filter(({ line }) => line !== '').map(({ line, number }) => resultOf(line, `${file}, line ${number}`));
  for (const result of results) print(JSON.stringify(result));
}

function resultOf(line: string, where: string): { id: string; result: Record<string, unknown> } {
  try {
    const { id, kind, input } = Case.parse(parseJson(line));
    const workOut = KINDS.get(kind);
    if (!workOut) throw new CommandError(`${where}: “${kind}” is no kind of sum; there are ${[...KINDS.keys()].join(', ')}.`);
    return { id, result: workOut(input) };
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(`${where}: ${whyOf(cause)}`, { cause });
  }
}

function whyOf(cause: unknown): string {
  if (cause instanceof z.ZodError) return cause.issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
}
