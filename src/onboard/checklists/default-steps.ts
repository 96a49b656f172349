import type { PartnerType } from '../../programme/setup/programme.ts';
import type { Evidence, Side, Step } from './step.ts';

/** What every partner begins and ends with. The first registration by the 40th working day leaves room inside the 45 to 60 days in which programmes
 *  expect it. Source: practice of partner programmes; each workspace changes it. */
const CHANNEL = step('channel', 'Join the shared channel, or open the page we mail you', 'theirs', 3, 'channel-connected');
const AGREEMENT = step('agreement', 'Accept the partner agreement', 'theirs', 5, 'agreement-accepted');
const KICKOFF = step('kickoff', 'Hold the kick-off call', 'ours', 5, 'click');
const TRAINING = step('training', 'Pass the short training', 'theirs', 10, 'quiz-passed', ['kickoff']);
const PAYMENT = step('payment', 'Say how you want to be paid', 'theirs', 10, 'payment-details-given', ['agreement']);

/** The list of a type that nobody has changed yet. */
export const DEFAULT_STEPS: Record<PartnerType, readonly Step[]> = {
  reseller: [
    ...[CHANNEL, AGREEMENT, KICKOFF],
    step('prices', 'Send the price list and the discounts', 'ours', 3, 'click', ['agreement']),
    step('orders', 'Agree how orders are placed', 'ours', 5, 'click', ['kickoff']),
    ...[TRAINING, PAYMENT],
    first(30, ['prices', 'training']),
  ],
  referral: [
    ...[CHANNEL, AGREEMENT],
    step('how-to-refer', 'Show where to register a referral', 'ours', 3, 'click', ['channel']),
    step('accounts', 'Name three customers who could need us', 'theirs', 10, 'click', ['agreement']),
    PAYMENT,
    first(20, ['accounts']),
  ],
  technology: [
    ...[CHANNEL, AGREEMENT, KICKOFF],
    step('sandbox', 'Give access to a test account', 'ours', 3, 'click', ['agreement']),
    step('integration', 'Send the plan of the integration', 'theirs', 15, 'file', ['sandbox']),
    step('support-path', 'Agree who answers which support question', 'ours', 10, 'click', ['integration']),
    step('joint-page', 'Publish a page about both products', 'ours', 15, 'click', ['integration']),
    step('overlap', 'Compare customers that both serve', 'ours', 10, 'click', ['agreement']),
    first(20, ['overlap', 'joint-page']),
  ],
  agency: [...serviceSteps('Send the services you offer around our product')],
  consultant: [...serviceSteps('Send how you work with our product, on one page')],
  'co-marketing': [
    CHANNEL,
    step('agreement', 'Accept the terms for shared leads', 'theirs', 5, 'agreement-accepted'),
    step('audience', 'Send the facts about your audience', 'theirs', 5, 'file'),
    step('calendar', 'Plan the first joint campaign', 'ours', 10, 'click', ['audience']),
    step('brand', 'Approve how your brand is used', 'theirs', 5, 'click', ['calendar']),
    first(25, ['agreement', 'brand']),
  ],
  affiliate: [
    CHANNEL,
    step('agreement', 'Accept the affiliate terms', 'theirs', 5, 'agreement-accepted'),
    PAYMENT,
    step('link', 'Send the referral link', 'ours', 2, 'click', ['agreement']),
    step('claims', 'Read what may be said about the product', 'theirs', 5, 'click', ['link']),
    first(20, ['claims']),
  ],
};

function serviceSteps(offer: string): Step[] {
  return [
    ...[CHANNEL, AGREEMENT, KICKOFF],
    step('interests', 'Say which competing products you also serve', 'theirs', 5, 'click'),
    step('demo', 'Give access to a demo account', 'ours', 3, 'click', ['agreement']),
    step('services', offer, 'theirs', 15, 'file', ['demo']),
    ...[TRAINING, PAYMENT],
    step('reference', 'Name a customer who vouches for you', 'theirs', 20, 'click', ['services']),
    first(30, ['training', 'services']),
  ];
}

function first(dueDays: number, dependsOn: string[]): Step {
  return step('first-registration', 'Register the first deal', 'theirs', dueDays, 'first-registration', dependsOn);
}

function step(id: string, title: string, side: Side, dueDays: number, evidence: Evidence, dependsOn: string[] = []): Step {
  return { id, title, side, dueDays, evidence, dependsOn };
}
