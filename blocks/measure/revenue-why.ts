import type { KnownBlock } from '@slack/types';
import type { Credit } from '../../src/measure/attribution/credit.ts';
import { MODEL_NAMES, ONE } from '../../src/measure/attribution/models.ts';
import { STAGES } from '../../src/measure/ledger/record-revenue.ts';
import type { Transaction } from '../../src/measure/ledger/transaction.ts';
import { wordsOf } from '../../src/measure/revenue/ask.ts';
import type { RevenueRow, SaleOpened, SalesBehind } from '../../src/measure/revenue/report-lines.ts';
import type { Referral, Sale } from '../../src/measure/sales/sale.ts';
import type { Touch } from '../../src/measure/touches/touch.ts';
import { moneyWords } from '../../src/platform/money.ts';
import { actions, button, input, type Modal, modal, option, text } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, day, divider, person, plainTo, section } from '../mrkdwn.ts';
import { decisionWords, flagWords } from './links-page.ts';
import { rowName } from './revenue-report.ts';
import { KIND_WORDS, MODEL_WORDS, STAGE_WORDS, TOUCH_WORDS, TRANSACTION_WORDS, UNCOUNTED_WORDS } from './revenue-words.ts';
import { letCountButton } from './touch-form.ts';
import { uncoveredBlocks } from './uncovered.ts';

export const WHY_TITLE = 'Why this figure?';
export const SALE_TITLE = 'Why this sale counts';
export const SHARE_TITLE = 'Share revenue';
/** In a list to choose from. */
const MOST_PARTNERS = 100;
/** Of each kind, on one page; the CSV of the ledger has all. */
const MOST_LINES = 35;

/** The sales that a figure is made of, with the way into each, and to those of one partner. */
export function whyFigure({ ask, currency, partner, sales, isMore }: SalesBehind, partners: readonly RevenueRow[]): Modal {
  const { measure, stage, period } = ask;
  const kind = measure.kind === 'all' ? 'Any part' : KIND_WORDS[measure.kind].label;
  const model = measure.model ? `, model ${MODEL_WORDS[measure.model].label.toLowerCase()}` : '';
  const whose = partner ? `of *${plainTo(rowName('partner', { key: partner.id, name: partner.name }), 100)}*` : 'of all partners';
  const of = `${kind}${model}, ${STAGE_WORDS[stage].label.toLowerCase()}, ${period.name} (${period.from} to before ${period.to})`;
  const options = partners.slice(0, MOST_PARTNERS).map((row) => option(row.key, rowName('partner', row)));
  const blocks: KnownBlock[] = [
    section(`Sales ${whose} behind the figure. ${of}.`),
    ...(options.length > 0
      ? [
          {
            type: 'actions' as const,
            block_id: `revenue-why:${wordsOf(ask)}`,
            elements: [
              { type: 'static_select' as const, action_id: ACTIONS.revenueWhyPartner, placeholder: text('Of one partner …', 150), options },
            ],
          },
        ]
      : []),
    ...sales.map(({ sale, minor }) => ({
      ...section(
        `*${plainTo(sale.customer || 'A customer whose name was deleted', 100)}* · ${moneyWords({ minor, currency })} · ${sale.state}`,
      ),
      accessory: button(ACTIONS.revenueSale, 'Open Sale', sale.id),
    })),
    ...(sales.length === 0 ? [section('No sale adds to it in this period.')] : []),
    ...(isMore ? [context('The largest are shown. Choose a partner, or a shorter period, to see the others.')] : []),
  ];
  return modal(WHY_TITLE, blocks);
}

/** A sale: who has which part in it, every touch and whether it counts, and each transaction with what says so. */
export function whySale({ sale, credit, touches, transactions, uncovered, names }: SaleOpened): KnownBlock[] {
  const nameOf = (id: string) => plainTo(names.get(id) ?? rowName('partner', { key: id, name: '' }), 60);
  const because = new Map(credit?.uncounted.map((one) => [one.source, one.because]));
  const money = transactions.filter(({ postings }) => postings.some(({ account }) => STAGES.some((stage) => stage === account)));
  const left = (all: readonly unknown[], noun: string) =>
    all.length > MOST_LINES ? [context(`${all.length - MOST_LINES} more ${noun} are not shown here.`)] : [];
  const closed = sale.closedAt ? `, ${sale.state} ${day(sale.closedAt)}` : ', open';
  const blocks: KnownBlock[] = [
    section(
      `*${plainTo(sale.customer || 'A customer whose name was deleted', 150)}*\nBegan ${day(sale.createdAt)}${closed}. \`${sale.id}\``,
    ),
    ...(sale.referral ? [section(referralWords(sale, sale.referral, nameOf))] : []),
    divider,
    section('*Who has which part*'),
    ...(credit && credit.credits.length > 0
      ? credit.credits.map((one) => section(partWords(one, nameOf)))
      : [section('No partner has a part in it.')]),
    ...uncoveredBlocks(uncovered, sale.id),
    divider,
    section('*What partners did*'),
    ...(touches.length > 0 ? [] : [section('Nothing is noted.')]),
    ...touches.slice(0, MOST_LINES).map((touch) => touchRow(touch, nameOf, because.get(touch.source))),
    ...left(touches, 'touches'),
    actions(`touch:${sale.id}`, button(ACTIONS.touchNote, 'Note a Touch', sale.id)),
    divider,
    section('*Money*'),
    ...(money.length > 0 ? [] : [section('Nothing is booked, invoiced or collected.')]),
    ...money.slice(0, MOST_LINES).map((transaction) => section(moneyLine(transaction))),
    ...left(money, 'transactions'),
    ...(sale.state === 'won' ? [actions(`money:${sale.id}`, button(ACTIONS.moneyOpen, 'Record Money', sale.id))] : []),
  ];
  return blocks;
}

/** A claim that came too late has the button with which a manager lets it count. */
function touchRow(touch: Touch, nameOf: (id: string) => string, because: keyof typeof UNCOUNTED_WORDS | undefined): KnownBlock {
  const row = section(touchWords(touch, nameOf, because));
  return because === 'claimed-late' ? { ...row, accessory: letCountButton(touch) } : row;
}

/** How the customer came, which rule decided, and what was flagged. */
function referralWords(sale: Sale, { by, code, coupon, partnerId, against }: Referral, nameOf: (id: string) => string): string {
  const came = by === 'link' ? `by the link \`${plainTo(code, 60)}\`` : `with the coupon ${plainTo(coupon ?? '', 60)}`;
  const rule = against
    ? `, and not ${nameOf(against.partnerId)}: ${against.rule === 'coupon' ? 'a coupon counts before a link' : 'the last link followed counts before a coupon'} (\`/partners links\`, *Settings*)`
    : '';
  const flags = flagWords(sale);
  return `Brought ${came} of *${nameOf(partnerId)}*${rule}.${flags ? `\nFlagged: ${flags}. ${decisionWords(sale)}` : ''}`;
}

function partWords({ partnerId, kinds, shares }: Credit, nameOf: (id: string) => string): string {
  const parts = MODEL_NAMES.map((name) => `${MODEL_WORDS[name].label.toLowerCase()} ${(shares[name] / ONE) * 100} %`);
  const said =
    kinds.map((kind) => KIND_WORDS[kind].label.toLowerCase()).join(', ') ||
    'touched it before it began, which is none of the parts by name';
  return `*${nameOf(partnerId)}*: ${said}\n${parts.join(' · ')}`;
}

function touchWords(
  { type, partnerId, role, at, by, evidence, lateOverride }: Touch,
  nameOf: (id: string) => string,
  because: keyof typeof UNCOUNTED_WORDS | undefined,
): string {
  const late = lateOverride ? `\nClaimed late; ${person(lateOverride.by)} let it count: ${plainTo(lateOverride.because, 200)}` : '';
  const said = because ? `:x: ${UNCOUNTED_WORDS[because]}` : ':white_check_mark: counts';
  return `${day(at)} · *${TOUCH_WORDS[type]}* by ${nameOf(partnerId)} (${role}) · ${said}\n${plainTo(evidence, 200)} · noted by ${noted(by)}${late}`;
}

function moneyLine({ kind, at, own, postings, evidence, by, product, of, source }: Transaction): string {
  const posting = postings.find(({ account }) => STAGES.some((stage) => stage === account));
  const sum = posting ? moneyWords(posting) : '';
  const isOther = posting && own && own.currency !== posting.currency;
  const worth = own
    ? isOther
      ? ` = ${moneyWords(own)} at ${own.rate} of ${own.rateDay}`
      : ''
    : ' · :warning: recorded without a rate: it counts as soon as one of that day is on file (`/partners rates`)';
  const what = product ? ` · ${plainTo(product, 80)}` : '';
  const back = of ? ` · of \`${plainTo(of, 100)}\`` : '';
  return `${day(at)} · *${TRANSACTION_WORDS[kind]}* ${sum}${worth}${what}\n${plainTo(evidence.words, 150)} (${evidence.kind} ${plainTo(evidence.ref, 80)})${back} · by ${noted(by)} · \`${plainTo(source, 120)}\``;
}

/** A person, or what runs by itself. */
function noted(by: string): string {
  return /^[UW][A-Z0-9]+$/.test(by) ? person(by) : plainTo(by, 40);
}

/** Where a report is to be posted. */
export function shareRevenueForm(words: string): Modal {
  return modal(
    SHARE_TITLE,
    [
      section('I post the report as it is now. Everybody in the channel reads it; channels that partners read are refused.'),
      input('channel', 'Channel', {
        type: 'conversations_select',
        filter: { include: ['public', 'private'], exclude_bot_users: true, exclude_external_shared_channels: true },
      }),
    ],
    { id: VIEWS.revenueShare, submit: 'Share', metadata: JSON.stringify({ words }) },
  );
}
