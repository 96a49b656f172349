import { addMinutes } from 'date-fns';
import { accrueSales } from '../../jobs/measure/accrue-sales.ts';
import { creditSales } from '../../jobs/measure/credit-sales.ts';
import { followSales } from '../../jobs/measure/follow-sales.ts';
import { rollUpRevenue } from '../../jobs/measure/roll-up-revenue.ts';
import { settlePayouts } from '../../jobs/measure/settle-payouts.ts';
import { Refusal } from '../../src/errors.ts';
import { recordInvoice, recordPayment, recordRefund } from '../../src/measure/ledger/record-money.ts';
import { approvePayout, markPayoutPaid, takeBackPayout } from '../../src/measure/payouts/decide-payout.ts';
import { makePayout } from '../../src/measure/payouts/make-payout.ts';
import { listPayouts, settlePayoutTrails } from '../../src/measure/payouts/payout-repository.ts';
import { letCount, noteTouch } from '../../src/measure/touches/note-touch.ts';
import { revenue } from './a-sale.ts';
import { AT, ana, HOME, milo } from './builders.ts';
import { someDeps } from './deps.ts';

/** Late enough that what a dead process began counts as given up. */
export const LATER = addMinutes(AT, 10);

const payoutId = async () => (await listPayouts(HOME, 1))[0]?.id ?? '';
const { money, ...invoice } = revenue({ source: 'invoice:1', saleId: 'crm:1' });
const touch = {
  id: 'v1',
  saleId: 'crm:1',
  partner: 'Quillmont',
  type: 'referral-accepted',
  day: '2026-11-20',
  evidence: 'Their mail',
} as const;

/** What people press and jobs do, step by step, each of which may be done twice. */
export const ACTS = {
  payout: [
    () => makePayout(ana, 'EUR', AT),
    async () => approvePayout(milo, await payoutId(), AT),
    async () => markPayoutPaid(milo, { id: await payoutId(), reference: 'BANK-1' }, AT),
    async () => takeBackPayout(milo, { id: await payoutId(), status: 'paid', because: 'Wrong account' }, AT),
  ],
  sale: [() => work(AT)],
  money: [
    () => recordInvoice({ ...invoice, money }, AT),
    () => recordPayment({ ...invoice, source: 'payment:1', money }, AT),
    () => recordRefund({ ...invoice, source: 'refund:1', of: 'invoice:1', minor: 400_000 }, AT),
    () => noteTouch(milo, touch, AT),
    () => letCount(milo, { source: 'noted:v1', because: 'Nobody read that mailbox' }, AT),
  ],
} satisfies Record<string, (() => Promise<unknown>)[]>;
export type ActName = keyof typeof ACTS;

/** Does the first `count` steps; one that is refused, as it is when it was done before, is passed over. */
export async function act(name: ActName, count: number = ACTS[name].length): Promise<void> {
  for (const step of ACTS[name].slice(0, count))
    await step().catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
}

/** What runs by itself. */
export async function work(at: Date): Promise<void> {
  const deps = someDeps({ now: () => at });
  for (const job of [followSales, creditSales, rollUpRevenue, accrueSales, settlePayouts]) await job.run({}, deps);
  await settlePayoutTrails();
}
