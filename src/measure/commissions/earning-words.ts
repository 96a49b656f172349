import { ROLE_WORDS } from '../../manage/deals/deal-words.ts';
import { moneyWords } from '../../platform/money.ts';
import type { Working } from '../ledger/transaction.ts';
import type { EarningLine, EarningSums, EarningWhy } from './earnings.ts';
import { percentText } from './typed-plan.ts';
import { marginalFigure, raiseFigure, type Step, wholeFigure } from './working-steps.ts';

// What a partner reads of its earnings, on the page and in Slack. It names no other partner.

/** A sum of each kind, in one line. */
export function sumWords({ currency, earnedMinor, heldMinor, owedMinor, paidMinor, leastMinor }: EarningSums): string {
  const words = (minor: number) => moneyWords({ minor, currency });
  const held = heldMinor === 0 ? '' : `, ${words(heldMinor)} of it held`;
  return `${words(earnedMinor)} earned${held}; ${words(owedMinor)} owed, ${words(paidMinor)} paid${leastMinor > 0 ? `; paid out from ${words(leastMinor)} on` : ''}`;
}

/** One line: when, of which customer, how much, and until when it is held. */
export function lineWords({ day, customer, minor, currency, isBack, isPart, isReferral, heldUntil, isLookedAt }: EarningLine): string {
  const of = customer || 'a customer no longer on file';
  const held = heldUntil ? `, held until ${heldUntil}` : '';
  const looked = isLookedAt ? ', held until we have looked at it' : '';
  const back = isPart ? `, taken back: ${isReferral ? NOT_COUNTED : PART_REMOVED}` : isBack ? ', taken back by a refund' : '';
  return `${day} · ${of} · ${moneyWords({ minor, currency })}${back}${held}${looked}`;
}

/** How the customer came; whose the other one was is nobody's business. */
function broughtWords({ by, code, coupon, rule }: NonNullable<EarningWhy['brought']>): string {
  const came = by === 'link' ? `The customer came by your link ${code}` : `The customer used your coupon ${coupon}`;
  if (rule === null) return came;
  return rule === 'coupon'
    ? `${came}; a coupon counts before a link that somebody followed.`
    : `${came}; the last link that somebody followed counts before a coupon.`;
}

const PART_REMOVED = 'your part in the deal was taken away';
const NOT_COUNTED = 'the referral was not counted';

const REVENUE_WORDS: Partial<Record<NonNullable<EarningWhy['from']>['kind'], string>> = {
  ...{ booked: 'the sale was won', renewed: 'it was renewed', invoiced: 'it was invoiced', collected: 'the customer paid' },
  ...{ refunded: 'a refund', reversed: 'the sale was corrected' },
};

/** Why a line is what it is: what it comes from, the plan, then each step. */
export function whyWords({ line, working, plan, from, back, payout, paidOn, brought, reader }: EarningWhy): string[] {
  const base = moneyWords({ minor: Math.abs(working.baseMinor), currency: working.currency });
  const origin = line.isPart
    ? line.isReferral
      ? NOT_COUNTED
      : PART_REMOVED
    : from
      ? `${REVENUE_WORDS[from.kind] ?? from.kind}, ${from.day}${from.words && reader === 'team' ? ` (${from.words})` : ''}`
      : 'its record is gone';
  return [
    `From: ${base}, ${origin}`,
    ...(brought ? [broughtWords(brought)] : []),
    `Plan: ${plan || 'no longer on file'}, version ${working.planVersion}; your part: ${ROLE_WORDS[working.role]}`,
    ...stepWords(working, line.currency),
    ...(line.heldUntil ? [`Held until ${line.heldUntil}: until then a refund makes it smaller.`] : []),
    ...(line.isLookedAt ? ['Held until we have looked at the sale: nothing is paid for it before.'] : []),
    ...(payout?.paid ? [`Paid on ${paidOn}${payout.reference ? `, reference ${payout.reference}` : ''}`] : []),
    ...(payout && !payout.paid ? ['In a payout that is being made'] : []),
    ...back.map((one) => `Since then: ${lineWords(one)}`),
  ];
}

/** The steps in the order in which they were taken; caps that changed nothing are left out. */
export function stepWords(working: Working, paidIn: string): string[] {
  let before = working.baseMinor;
  let currency = working.currency;
  return working.steps.flatMap((step) => {
    const words = stepWord(step, working, { before, currency, paidIn });
    const isIdle = (step.rule === 'cap-deal' || step.rule === 'cap-period') && step.minor === before;
    if (step.rule === 'conversion') currency = paidIn;
    before = step.minor;
    return isIdle ? [] : [`${words}: ${moneyWords({ minor: step.minor, currency: step.rule === 'refund' ? paidIn : currency })}`];
  });
}

function stepWord(
  { rule, figure }: Step,
  working: Working,
  { before, currency, paidIn }: { before: number; currency: string; paidIn: string },
): string {
  const sum = (minor: number, of = currency) => moneyWords({ minor, currency: of });
  switch (rule) {
    case 'percent':
      return `${percentText(Number(figure))} of ${sum(before)}`;
    case 'flat':
      return Number(figure) === 0 ? 'The fixed sum of this sale is earned already' : 'A fixed sum for the sale';
    case 'tier-marginal':
      return `By tiers, after ${sum(marginalFigure(figure).volumeMinor)} of volume in the period`;
    case 'tier-whole': {
      const { rateBp, backMinor } = wholeFigure(figure);
      return `${percentText(rateBp)} by the volume of the period${backMinor > 0 ? `, with ${sum(backMinor)} more for earlier sales of it` : ''}`;
    }
    case 'tier-raise': {
      const { fromBp, toBp } = raiseFigure(figure);
      return `${percentText(toBp)} by the volume of the period, where ${percentText(fromBp)} was paid`;
    }
    case 'role-share':
      return `The share of the role, ${percentText(Number(figure))}`;
    case 'minimum':
      return `Less than the least sale of ${sum(Number(figure))}`;
    case 'cap-all':
      return 'Cut in proportion, to what all partners together get of a sale at most';
    case 'conversion':
      return `At ${figure} ${paidIn} for one ${working.currency}${working.rateDay ? `, the rate of ${working.rateDay}` : ''}`;
    case 'cap-deal':
      return `At most ${sum(Number(figure))} more of this deal`;
    case 'cap-period':
      return `At most ${sum(Number(figure))} more in the period`;
    case 'part-removed':
      return 'Your part in the deal was taken away; what was left of the commission is taken back';
    case 'refund':
      return `${sum(Number(figure), working.currency)} of the sale are left; what they earn less is taken back`;
  }
}
