import type { KnownBlock } from '@slack/types';
import { FUNNEL_STEPS, type FunnelRow, type FunnelSource, type FunnelStep, type ScoreBand } from '../../src/measure/figures/funnel.ts';
import { isTooFew, LEAST_SAMPLE, type Middle, type Share } from '../../src/measure/figures/programme-figures.ts';
import type { ProgrammeReport } from '../../src/measure/figures/read-figures.ts';
import { amountText, moneyWords } from '../../src/platform/money.ts';
import { SCORE_BANDS } from '../../src/recruit/records/weekly-results.ts';
import { firstThatFits } from '../classic-blocks.ts';
import { actions, button, type Modal, modal } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, plainTo, section } from '../mrkdwn.ts';
import { type Cell, chart, dataTable, numberCell, textCell } from '../panels.ts';
import { count } from '../words.ts';

export const PROGRAMME_TITLE = 'How this is counted';

const STEP_WORDS: Record<FunnelStep, string> = {
  suggested: 'Suggested',
  drafted: 'Drafted',
  contacted: 'Contacted',
  replied: 'Replied',
  partner: 'Partner',
  registered: 'Registered',
  won: 'Won',
};
const SOURCE_WORDS: Record<FunnelSource, string> = {
  file: 'From files',
  pasted: 'Pasted lists',
  research: 'Research on the web',
  hand: 'Added by hand',
};

/** `3 of 8 (38 %)`; of few, that they are few. */
function shareWords({ part, of }: Share, noun: string): string {
  if (of === 0) return `– (no ${noun}s)`;
  if (isTooFew({ of })) return `${part} of ${count(of, noun)}: too few to say`;
  return `${part} of ${of} (${Math.round((part / of) * 100)} %)`;
}

function middleWords({ medianDays, of }: Middle, noun: string): string {
  if (medianDays === null) return `– (no ${noun}s)`;
  if (isTooFew({ of })) return `${days(medianDays)} for ${count(of, noun)}: too few to say`;
  return `${days(medianDays)} (${count(of, noun)})`;
}

const days = (many: number) => (many > 0 && many < 1 ? 'under a day' : count(Math.round(many), 'day'));

/** How the programme does: figures beside direct sales, and the funnel from suggestion to revenue. */
export function programmeMessage(report: ProgrammeReport, words: string, unread: string): { text: string; blocks: KnownBlock[] } {
  const { period, figures } = report;
  const said = `*The programme in ${period.name}*: ${count(figures.productive.part, 'partner')} of ${figures.productive.of} had revenue that they sourced; ${shareWords(figures.winRate.partner, 'sale')} of partners’ sales were won, ${shareWords(figures.winRate.direct, 'sale')} of our own.`;
  const notes = unread ? [context(`I did not use “${plainTo(unread, 100)}”. I understand a period, such as \`last quarter\`.`)] : [];
  const ways = actions(
    `programme:${words}`,
    button(ACTIONS.programmeExplain, 'How Is This Counted?', 'programme'),
    button(ACTIONS.commandRun, 'Revenue', `revenue ${words}`),
  );
  const fits = [funnelChart(report), []].map((drawn) => [
    ...[section(said), ...notes, figuresTable(report), ...funnelBlocks(report)],
    ...[...drawn, ways],
  ]);
  return { text: said, blocks: firstThatFits(fits) };
}

function figuresTable({ period, figures }: ProgrammeReport): KnownBlock {
  const { firstRegistration, firstWin, activation, winRate, cycle, approval, decision, conflicts, productive } = figures;
  const row = (name: string, partners: string, direct = '') => [textCell(name), textCell(partners), textCell(direct)];
  const active = activation.map((one) =>
    row(`Registered within ${one.days} days`, shareWords({ part: one.active, of: one.of }, 'partner')),
  );
  const rows: Cell[][] = [
    row('Productive partners', shareWords(productive, 'partner')),
    row('Win rate', shareWords(winRate.partner, 'sale'), shareWords(winRate.direct, 'sale')),
    row('From start to won', middleWords(cycle.partner, 'sale'), middleWords(cycle.direct, 'sale')),
    row('Until the first deal is won', middleWords(firstWin, 'partner')),
    row('Registrations approved', shareWords(approval, 'registration')),
    row('Until a decision', middleWords(decision, 'registration')),
    row('Registrations in conflict', shareWords(conflicts, 'registration')),
    row('Until the first registration, ever', middleWords(firstRegistration, 'partner')),
    ...active,
  ];
  return dataTable(`Figures of ${period.name}`, ['Figure', 'Partners', 'Our direct sales'], rows, 0);
}

function rowName({ by, key }: FunnelRow): string {
  if (by === 'all') return 'All';
  if (by === 'source') return SOURCE_WORDS[key as FunnelSource]; // by what it is grouped, its key is one of them
  // The last way to group them is by band.
  const above = SCORE_BANDS[SCORE_BANDS.indexOf(key as ScoreBand) - 1];
  return above === undefined ? `Fit ${key} and above` : `Fit ${key} to ${above - 1}`;
}

function funnelBlocks({ period, currency, funnel }: ProgrammeReport): KnownBlock[] {
  if (funnel.length === 0)
    return [context(`No company was suggested in ${period.name}, and no partner added: there is no funnel to show.`)];
  const rows = funnel.map((row): Cell[] => [
    textCell(rowName(row)),
    ...FUNNEL_STEPS.map((step) => numberCell(row.counts[step])),
    {
      type: 'raw_number',
      value: Number(amountText({ minor: row.revenueMinor, currency })),
      text: moneyWords({ minor: row.revenueMinor, currency }),
    },
  ]);
  const [all] = funnel;
  const few = all && isTooFew({ of: all.counts.suggested }) ? ` Only ${all.counts.suggested} suggested: too few to say much.` : '';
  return [
    dataTable(
      `From suggestion to revenue: companies of ${period.name}`,
      ['Group', ...FUNNEL_STEPS.map((step) => STEP_WORDS[step]), 'Revenue'],
      rows,
      0,
    ),
    context(`What became until now of the companies that were suggested in ${period.name}, and of partners added then by hand.${few}`),
  ];
}

/** Steps as groups; a series for each band of the score. */
function funnelChart({ period, funnel }: ProgrammeReport): KnownBlock[] {
  const bands = funnel.filter(({ by }) => by === 'band');
  const shown = bands.length > 0 ? bands : funnel.filter(({ by }) => by === 'all');
  if (shown.length === 0) return [];
  return [
    chart({
      title: `Suggestion to revenue, ${period.name}`,
      categories: FUNNEL_STEPS.map((step) => STEP_WORDS[step]),
      series: shown.map((row) => ({ name: rowName(row), values: FUNNEL_STEPS.map((step) => row.counts[step]) })),
    }),
  ];
}

/** Where each figure comes from. */
export function programmeMethod(): Modal {
  return modal(PROGRAMME_TITLE, [
    section('*Productive partners* · had revenue booked in the period that they sourced, of all who were partners in it.'),
    section(
      '*Win rate* · of sales that were won or lost in the period, how many were won. A partner’s sale is one that a partner sourced; ours is one in which no partner had a part. Sales of ours that a partner helped with are in neither, nor are purchases by referral links, which cannot be lost. A registration becomes a sale when it is approved; one that lapsed is lost.',
    ),
    section(
      '*From start to won* · days from the registration, or from when our sales had it, until it was won. Half took less, half more.',
    ),
    section(
      '*Until the first deal is won* · days from being added as a partner until its first revenue was booked, of those whose first was in the period.',
    ),
    section(
      '*Registrations* · those submitted in the period: approved in the end, of those decided, with what the conflict check turned away by itself; the time until the first decision; and how many met another record, of those checked.',
    ),
    section(
      '*Until the first registration* and *registered within 30, 60, 90 days* · of all partners so far, as in `/partners onboarding`, which shows them by type and owner.',
    ),
    section(
      '*Funnel* · companies that a digest showed in the period, by where they are known from and by the score they were shown with. *Drafted*: a message was begun. *Contacted*: one left. *Replied*: a person wrote back. *Won* and *Revenue*: booked, of what the partner sourced, ever. A company may skip a step.',
    ),
    context(`Of fewer than ${LEAST_SAMPLE}, I say that they are too few. \`/partners revenue\` and *Why?* open single sales.`),
  ]);
}
