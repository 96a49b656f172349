import type { RatesBrought, TypedRate } from '../../src/measure/rates/bring-rates.ts';
import { actions, button, input, type Modal, modal, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
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
      actions('rates:type', button(ACTIONS.rateType, 'Type a Rate', 'type')),
      context(
        'Dirhams, dinar and others that the bank does not publish are typed. A day without a rate takes the last one before it, once a later day of its currency is here.',
      ),
      context('What is on file of a day stays as it is: sums were converted by it.'),
    ],
    { id: VIEWS.rates, submit: 'Read Rates' },
  );
}

/** Asks for a rate that no file has. `today` is proposed. */
export function typeRateForm(today: string): Modal {
  return modal(
    RATES_TITLE,
    [
      input('day', 'Rate of', { type: 'datepicker', initial_date: today }),
      textInput('currency', 'Currency', '', { max: 3, placeholder: 'AED' }),
      textInput('rate', 'One euro is', '', { max: 25, placeholder: '4.0479', hint: 'In this currency.' }),
      textInput('from', 'Where does it stand?', '', {
        max: 200,
        hint: 'It stays beside the rate, with your name. Neither can be changed later.',
      }),
    ],
    { id: VIEWS.rateTyped, submit: 'Keep Rate' },
  );
}

export function rateTypedWords({ currency, rate, day }: TypedRate, { waited }: { waited: number }): string {
  return `:white_check_mark: One euro is ${rate} ${currency} on ${day}.${again(waited)}`;
}

function again(waited: number): string {
  return waited > 0 ? ` ${count(waited, 'sale')} that waited ${waited === 1 ? 'is' : 'are'} worked out again.` : '';
}

/** What a file of rates brought. */
export function ratesWords({ days, added, from, to, unknown, waited }: RatesBrought): string {
  const brought = `:white_check_mark: ${count(days, 'day')} read, ${from} to ${to}; ${added === 0 ? 'none is new' : `${count(added, 'day')} new`}.`;
  const without = unknown.length > 0 ? ` Left out, as no currency of today: ${escapedTo(unknown.join(', '), 200)}.` : '';
  return `${brought}${without}${again(waited)}`;
}
