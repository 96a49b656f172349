import type { KnownBlock } from '@slack/types';
import type { Conversion } from '../../src/measure/conversions/conversion.ts';
import type { LinkFigures, LinkList, LinksShown } from '../../src/measure/links/look-at-links.ts';
import type { Flag, Sale } from '../../src/measure/sales/sale.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { moneyWords } from '../../src/platform/money.ts';
import { actions, button, type Modal, modal, text } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, day, divider, person, plainTo, section } from '../mrkdwn.ts';
import { count } from '../words.ts';

export const MY_LINKS_TITLE = 'My links';

/** Where links begin; null while the app has no public address. */
type Address = string | null;

/** All links with their figures, what waits for a person, and what could not be counted. */
export function linksPage(shown: LinksShown, address: Address): KnownBlock[] {
  const { links, total, partner, names, flagged, troubled, troubledCount } = shown;
  const whose = partner ? ` of *${plainTo(partner.name, 100)}*` : '';
  const undecided = flagged.filter(({ referral }) => referral?.state === 'to-decide').length;
  const more = total - links.length;
  return [
    section(`*Referral links*${whose}${undecided > 0 ? `\n:warning: held: ${undecided} to decide, below` : ''}`),
    ...(address ? [] : [context('Links work as soon as whoever runs the app sets `PUBLIC_URL`.')]),
    ...(links.length === 0 ? [section('There is none yet. Make the first one; its partner sees it on the desk.')] : []),
    ...links.map((one) => linkRow(one, names, address)),
    ...(more > 0 ? [context(`and ${count(more, 'more link')}: \`/partners links NAME\` shows those of one partner`)] : []),
    actions(
      `links:${partner?.id ?? 'all'}`,
      button(ACTIONS.linkNew, 'New Link', partner?.id ?? 'any'),
      button(ACTIONS.linkRules, 'Settings', 'rules'),
      button(ACTIONS.webhookOpen, 'Webhook', 'webhook'),
    ),
    ...(flagged.length > 0 ? [divider, section('*Customers to look at*'), ...flagged.flatMap((sale) => flaggedRows(sale, names))] : []),
    ...(troubled.length > 0 ? [divider, section('*Not counted*'), ...troubled.map(troubledRow)] : []),
    ...(troubledCount > troubled.length
      ? [context(`and ${troubledCount - troubled.length} more: they come up as you put these aside`)]
      : []),
  ];
}

const urlOf = (address: Address, code: string) => (address ? `${address}/r/${code}` : `…/r/${code}`);

function figures({ people, came, bought }: LinkFigures): string {
  return `${count(people, 'person', 'people')} · ${count(came, 'conversion')} · ${count(bought, 'sale')}`;
}

function linkRow(link: LinkFigures, names: ReadonlyMap<string, string>, address: Address): KnownBlock {
  const { code, partnerId, campaign, coupon, target, endedAt } = link;
  const facts = [campaign && plainTo(campaign, 100), coupon && `coupon ${plainTo(coupon, 60)}`, endedAt && `ended ${day(endedAt)}`];
  const name = plainTo(names.get(partnerId) ?? 'A partner that is no more', 80);
  const words = [`*${name}*`, ...facts.filter(Boolean)].join(' · ');
  const block = section(`${words}\n\`${urlOf(address, code)}\` → ${plainTo(target, 200)}\n${figures(link)}`);
  const sure = {
    title: text('End this link?', 100),
    text: text('It still leads to its page, and counts nobody any more. What it brought stays.', 300),
  };
  const confirm = { ...sure, confirm: text('End Link', 30), deny: text('Cancel', 30) };
  return endedAt ? block : { ...block, accessory: button(ACTIONS.linkEnd, 'End', code, { confirm }) };
}

const FLAG_WORDS: Record<Flag, string> = {
  'self-referral': 'the partner may have referred itself',
  'same-domain': 'the partner brought somebody of that domain before',
  'known-customer': 'they were a customer already',
};

const STATE_WORDS = {
  ...{
    clear: '',
    'to-decide': ':warning: held until somebody decides',
    counts: ':white_check_mark: counts',
    'not-counted': ':x: does not count',
  },
} as const;

/** Why a referral is looked at, for the team alone. */
export function flagWords({ referral }: Sale): string {
  return (referral?.flags ?? []).map(({ flag, words }) => `${FLAG_WORDS[flag]} (${plainTo(words, 150)})`).join('; ');
}

/** What was decided of it, by whom and why. */
export function decisionWords({ referral }: Sale): string {
  if (!referral) return '';
  const { state, decision } = referral;
  const said =
    decision && state !== 'to-decide' ? `, said ${person(decision.by)} ${day(decision.at)}: ${plainTo(decision.because, 200)}` : '';
  return `${STATE_WORDS[state]}${said}`;
}

function flaggedRows(sale: Sale, names: ReadonlyMap<string, string>): KnownBlock[] {
  const { id, referral, customer } = sale;
  if (!referral) return [];
  const partner = plainTo(names.get(referral.partnerId) ?? 'A partner that is no more', 80);
  const yes = button(ACTIONS.referralCount, 'Count It', id);
  const no = button(ACTIONS.referralNot, 'Do Not Count', id);
  const buttons = referral.state === 'to-decide' ? [yes, no] : referral.state === 'counts' ? [no] : [yes];
  return [
    section(`*${plainTo(customer, 100)}* by *${partner}*: ${flagWords(sale)}\n${decisionWords(sale)}`),
    actions(`referral:${id}:${sale.rev}`, ...buttons),
  ];
}

function troubledRow({ id, kind, at, money, refs, state }: Conversion): KnownBlock {
  const sum = money ? ` of ${moneyWords(money)}` : '';
  const of = plainTo(refs.join(', '), 150);
  const why = state === 'lost' ? `its sale (${of}) never came` : `it is more than is left of its sale (${of}), or in another currency`;
  const words = `${day(at)} · *${kind}*${sum}: ${why}. \`${plainTo(id, 110)}\``;
  return { ...section(words), accessory: button(ACTIONS.conversionAside, 'Put Aside', id) };
}

/** A partner's own links, for its own people and the team. */
export function myLinksPage({ partner, links, total }: LinkList & { partner: Partner }, address: Address, made = ''): Modal {
  const none = 'There is none yet. Make one for each place where you tell of it: a newsletter, a page, a campaign.';
  const more = total - links.length;
  const rows = links.map((link) => {
    const facts = [link.campaign && plainTo(link.campaign, 100), link.coupon && `coupon ${plainTo(link.coupon, 60)}`];
    const said = [...facts, link.endedAt && `ended ${day(link.endedAt)}`].filter(Boolean).join(' · ');
    return section(`${said ? `${said}\n` : ''}\`${urlOf(address, link.code)}\`\n${figures(link)}`);
  });
  return modal(MY_LINKS_TITLE, [
    section(`*${plainTo(partner.name, 200)}*${made ? `\n:white_check_mark: Made: \`${urlOf(address, made)}\`` : ''}`),
    ...(links.length === 0 ? [section(none)] : rows),
    ...(more > 0 ? [context(`and ${count(more, 'older link')}`)] : []),
    ...(partner.status === 'ended' ? [] : [actions('my-links', button(ACTIONS.linkNew, 'New Link', partner.id, { style: 'primary' }))]),
    context(
      'People are counted once a day on each link; programs and previews are not. Conversions are sign-ups and sales of customers who came by it.',
    ),
  ]);
}
