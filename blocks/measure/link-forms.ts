import type { LinkRules } from '../../src/measure/links/link-rules.ts';
import type { Sale } from '../../src/measure/sales/sale.ts';
import { type Partner, presentPeople } from '../../src/onboard/partners/partner.ts';
import { actions, button, input, type Modal, modal, option, text, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, day, person, plainTo, section } from '../mrkdwn.ts';
import { flagWords } from './links-page.ts';

export const LINK_TITLE = 'New link';
export const LINK_RULES_TITLE = 'Settings of links';
export const WEBHOOK_TITLE = 'Webhook';
export const REFERRAL_TITLE = 'Does it count?';
export const LINK_RULES_SAVED = ':white_check_mark: Saved. It holds for customers of whom something is told from now on.';
export const NO_PARTNERS = 'Links are for affiliates and referral partners, and there is none yet. `/partners add` makes one.';

/** `partner`: whose link it is; without one it is chosen among `partners`. `code`: what is proposed. `isTeam`: whether the team asks. */
type LinkFields = {
  partner: Partner | null;
  partners: readonly Pick<Partner, 'id' | 'name'>[];
  code: string;
  domains: readonly string[];
  isTeam: boolean;
};

/** What a link is for. Nothing of it changes later. */
export function linkForm({ partner, partners, code, domains, isTeam }: LinkFields): Modal {
  const people = partner ? presentPeople(partner) : [];
  const site = domains[0] ?? '';
  const choice = { type: 'static_select', options: partners.slice(0, 100).map(({ id, name }) => option(id, name)) } as const;
  return modal(
    LINK_TITLE,
    [
      ...(partner ? [section(`For *${plainTo(partner.name, 200)}*.`)] : [input('partnerId', 'Partner', choice)]),
      textInput('campaign', 'Campaign', '', { max: 100, optional: true, hint: 'Your own words, such as spring newsletter.' }),
      textInput('code', 'Code', code, {
        max: 40,
        optional: true,
        hint: 'The end of the address. Left empty, it is made of the name and the campaign.',
      }),
      textInput('target', 'Page', site ? `https://${site}` : '', {
        ...{ max: 1000, hint: `Where it leads: a page at ${domains.slice(0, 5).join(', ') || 'your website'}.` },
      }),
      ...(isTeam && people.length > 0
        ? [
            input(
              'personId',
              'Person',
              { type: 'static_select', options: people.slice(0, 100).map(({ id, name }) => option(id, name)) },
              { optional: true },
            ),
          ]
        : []),
      ...(isTeam
        ? [textInput('coupon', 'Coupon', '', { max: 60, optional: true, hint: 'Whoever buys with it was brought by this partner.' })]
        : []),
    ],
    { id: VIEWS.link, submit: 'Make Link', metadata: JSON.stringify({ partnerId: partner?.id ?? null, isTeam }) },
  );
}

const DECIDERS = [option('coupon', 'The coupon'), option('last-click', 'The last link that was followed')];

export function linkRulesForm({ domains, decider }: LinkRules, website: string | null): Modal {
  const chosen = DECIDERS.find(({ value }) => value === decider);
  return modal(
    LINK_RULES_TITLE,
    [
      section(
        website ? `Links may lead to *${plainTo(website, 100)}*, and to:` : 'Set-up does not know your website yet. Links may lead to:',
      ),
      textInput('domains', 'Other domains of yours', domains.join('\n'), {
        multiline: true,
        optional: true,
        max: 1000,
        hint: 'One a line.',
      }),
      input('decider', 'A customer came by the link of one partner and bought with the coupon of another. Who brought them?', {
        type: 'radio_buttons',
        options: DECIDERS,
        ...(chosen ? { initial_option: chosen } : {}),
      }),
    ],
    { id: VIEWS.linkRules, submit: 'Save' },
  );
}

/** `secret`: one that was made just now, shown this once. */
export function webhookForm(
  { hookId, secret, stripe }: LinkRules,
  address: string | null,
  shown: { secret?: string; saved?: boolean } = {},
): Modal {
  const where = hookId ? `\`${address ?? '…'}/conversions/${hookId}\`` : 'You get it with the first secret.';
  const has = (kept: LinkRules['secret']) => (kept ? `set by ${person(kept.by)} ${day(kept.at)}` : 'not set');
  const confirm = {
    ...{ title: text('Make a new secret?', 100), text: text('The one before stops working at once.', 300) },
    ...{ confirm: text('Make It', 30), deny: text('Cancel', 30) },
  };
  return modal(
    WEBHOOK_TITLE,
    [
      ...(shown.saved ? [section(':white_check_mark: Saved.')] : []),
      section(`*Address*\n${where}`),
      ...(address ? [] : [context('It is reached as soon as whoever runs the app sets `PUBLIC_URL`.')]),
      ...(shown.secret
        ? [section(`*Your secret, shown this once*\n\`${shown.secret}\`\nKeep it where your shop signs its events. The README says how.`)]
        : [section(`*Your own events*: secret ${has(secret)}`)]),
      actions('webhook', button(ACTIONS.webhookSecret, secret ? 'New Secret' : 'Make a Secret', 'secret', secret ? { confirm } : {})),
      section(`*Stripe*: secret ${has(stripe)}`),
      textInput('stripe', 'Signing secret of the endpoint in Stripe', '', {
        ...{
          max: 220,
          hint: 'Let Stripe send checkout.session.completed, checkout.session.async_payment_succeeded, invoice.paid, invoice_payment.paid and charge.refunded to the address.',
        },
      }),
    ],
    { id: VIEWS.webhook, submit: 'Save' },
  );
}

/** Asks why a referral counts or does not. */
export function referralForm(sale: Sale, counts: boolean): Modal {
  const words = counts ? 'It counts, and its commissions are paid.' : 'It does not count, and what was earned by it is taken back.';
  return modal(
    REFERRAL_TITLE,
    [
      section(`*${plainTo(sale.customer, 150)}*: ${flagWords(sale)}.\n${words} You can turn it round until it is in a payout.`),
      textInput('because', 'Why?', '', { max: 300, hint: 'For your team; the partner does not read it.' }),
    ],
    { id: VIEWS.referral, submit: counts ? 'Count It' : 'Do Not Count', metadata: JSON.stringify({ saleId: sale.id, counts }) },
  );
}

export function referralDecided(counts: boolean): string {
  return counts
    ? ':white_check_mark: It counts. Its commissions are in the next payout when their hold is over.'
    : ':white_check_mark: It does not count. What was earned by it is taken back within a minute; `/partners links` can turn it round.';
}
