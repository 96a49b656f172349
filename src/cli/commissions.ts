import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CommandError, Refusal } from '../errors.ts';
import { converted, isRate, percentOf, splitInParts, sumOf } from '../measure/commissions/exact.ts';
import {
  capTogether,
  firstDayWithout,
  isWithin,
  marginalCommission,
  netBase,
  rateReached,
  reversals,
  withinCap,
} from '../measure/commissions/rules.ts';
import { netPayout } from '../measure/payouts/net-payout.ts';
import { isCurrency } from '../platform/money.ts';
import { parseJson } from '../platform/parse-json.ts';

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

const KINDS = new Map<string, (given: unknown) => Record<string, unknown>>([
  [
    'percent',
    kind(z.object({ currency, baseMinor: minor, rateBp }), ({ baseMinor, rateBp }) => ({ commissionMinor: percentOf(baseMinor, rateBp) })),
  ],
  [
    'net-base',
    kind(z.object({ currency, listMinor: minor, discountMinor: minor.default(0), rateBp }), ({ rateBp, ...price }) => {
      const baseMinor = netBase(price);
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
    kind(z.object({ currency, tiers, salesMinor: z.array(minor) }), ({ tiers, salesMinor }) => {
      const rateBp = rateReached(tiers, sumOf(salesMinor));
      const linesMinor = salesMinor.map((sale) => percentOf(sale, rateBp));
      return { rateBp, linesMinor, totalMinor: sumOf(linesMinor) };
    }),
  ],
  [
    'cap-deal',
    kind(z.object({ currency, baseMinor: minor, rateBp, capMinor: minor }), ({ baseMinor, rateBp, capMinor }) => {
      const uncappedMinor = percentOf(baseMinor, rateBp);
      return { uncappedMinor, commissionMinor: withinCap(uncappedMinor, capMinor) };
    }),
  ],
  [
    'cap-period',
    kind(
      z.object({ currency, rateBp, capMinor: minor, alreadyEarnedMinor: minor.default(0), basesMinor: z.array(minor) }),
      ({ rateBp, capMinor, alreadyEarnedMinor, basesMinor }) => {
        let earnedInPeriodMinor = alreadyEarnedMinor;
        const linesMinor = basesMinor.map((base) => {
          const line = withinCap(percentOf(base, rateBp), capMinor, earnedInPeriodMinor);
          earnedInPeriodMinor += line;
          return line;
        });
        return { linesMinor, earnedInPeriodMinor };
      },
    ),
  ],
  [
    'cap-all-partners',
    kind(
      z.object({ currency, baseMinor: minor, capBp: rateBp, partners: z.array(z.object({ rateBp })) }),
      ({ baseMinor, capBp, partners }) => {
        const uncappedMinor = partners.map(({ rateBp }) => percentOf(baseMinor, rateBp));
        const capMinor = percentOf(baseMinor, capBp);
        return { uncappedMinor, capMinor, linesMinor: capTogether(uncappedMinor, capMinor) };
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
      z.object({ currency, saleMinor: minor, rateBpAtSale: rateBp, refundsMinor: z.array(minor), paidOut: z.boolean() }),
      ({ saleMinor, rateBpAtSale, refundsMinor, paidOut }) => {
        const commissionMinor = percentOf(saleMinor, rateBpAtSale);
        const reversalsMinor = reversals(saleMinor, refundsMinor, (kept) => percentOf(kept, rateBpAtSale));
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
      z.object({ dealCurrency: currency, payoutCurrency: currency, saleMinor: minor, rateBp, fxRate, refundMinor: minor.optional() }),
      ({ dealCurrency: from, payoutCurrency: to, saleMinor, rateBp, fxRate: rate, refundMinor }) => {
        const inDeal = (saleMinor: number) => percentOf(saleMinor, rateBp);
        const inPayout = (saleMinor: number) => converted(inDeal(saleMinor), { from, to, rate });
        const earned = { commissionMinor: inDeal(saleMinor), payoutMinor: inPayout(saleMinor) };
        if (refundMinor === undefined) return earned;
        const [reversalMinor = 0] = reversals(saleMinor, [refundMinor], inDeal);
        const [reversalPayoutMinor = 0] = reversals(saleMinor, [refundMinor], inPayout);
        return { ...earned, reversalMinor, reversalPayoutMinor };
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
  if (cause instanceof Refusal) return 'more is refunded than was sold.';
  if (cause instanceof z.ZodError) return cause.issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
}
