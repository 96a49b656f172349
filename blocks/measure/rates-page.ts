import type { RatesBrought } from '../../src/measure/rates/bring-rates.ts';
import { input, type Modal, modal } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { context, escapedTo, section } from '../mrkdwn.ts';
import { count } from '../words.ts';

export const RATES_TITLE = 'Exchange rates';

type Shown = { last: string | null; waiting: { from: string; to: string; day: string; sales: number }[] };

/** Asks for a file of rates, and says what is on file and what waits. */
export function ratesForm({ last, waiting }: Shown): Modal {
  const onFile = last ? `The last day on file is *${last}*.` : 'There are none yet.';
  const lines = waiting
    .slice(0, 10)
    .map(({ from, to, day, sales }) => `• ${escapedTo(`${from} to ${to}`, 20)} of ${day}: ${count(sales, 'sale')}`);
  return modal(
    RATES_TITLE,
    [
      section(
        `${onFile} Download the euro reference rates of the European Central Bank (*eurofxref-hist.zip*, the CSV in it, or the XML) and drop the file here.`,
      ),
      ...(lines.length > 0 ? [section(`:warning: *Commissions wait for*\n${lines.join('\n')}`)] : []),
      input('file', 'File', { type: 'file_input', max_files: 1, filetypes: ['zip', 'csv', 'xml'] }),
      context('What is on file of a day stays as it is: sums were converted by it.'),
    ],
    { id: VIEWS.rates, submit: 'Read Rates' },
  );
}

/** What a file of rates brought. */
export function ratesWords({ days, added, from, to, unknown, waited }: RatesBrought): string {
  const brought = `:white_check_mark: ${count(days, 'day')} read, ${from} to ${to}; ${added === 0 ? 'none is new' : `${count(added, 'day')} new`}.`;
  const without = unknown.length > 0 ? ` Left out, as no currency of today: ${escapedTo(unknown.join(', '), 200)}.` : '';
  const again = waited > 0 ? ` ${count(waited, 'sale')} that waited ${waited === 1 ? 'is' : 'are'} worked out again.` : '';
  return `${brought}${without}${again}`;
}
