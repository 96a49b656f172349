import type { KnownBlock } from '@slack/types';
import { type BandResults, SCORE_BANDS, type Week } from '../../src/recruit/records/weekly-results.ts';
import { context, header, section } from '../mrkdwn.ts';
import { count, REASON_WORDS } from '../words.ts';

export function weeklyTitle({ name }: Pick<Week, 'name'>): string {
  const [year, week] = name.split('-W');
  return `How the suggestions of week ${Number(week)}, ${year} fared`;
}

/** What became of a week's suggestions, by the score they were shown with. */
export function weeklyNote(week: Week, bands: BandResults[]): KnownBlock[] {
  return [
    header(weeklyTitle(week)),
    ...bands.map((band) =>
      section(`*Fit ${bandWords(band.from)}* · ${count(band.shown, 'company', 'companies')} shown\n${resultWords(band)}`),
    ),
    context('As it stood when this was posted. `/partners weights` shows what your decisions changed in the score.'),
  ];
}

function bandWords(from: BandResults['from']): string {
  const above = SCORE_BANDS[SCORE_BANDS.indexOf(from) - 1];
  return above === undefined ? `${from} and above` : `${from} to ${above - 1}`;
}

function resultWords({ drafted, sent, turnedDown, later, waiting }: BandResults): string {
  const refused = turnedDown.reduce((all, { companies }) => all + companies, 0);
  const reasons = turnedDown.map(({ reason, companies }) => `${REASON_WORDS[reason].toLowerCase()} ${companies}`).join(', ');
  return [
    `${drafted} drafted`,
    `${sent} sent`,
    `${refused} not a fit${reasons ? ` (${reasons})` : ''}`,
    ...(later > 0 ? [`${later} put off`] : []),
    ...(waiting > 0 ? [`${waiting} waiting for a decision`] : []),
  ].join(' · ');
}
