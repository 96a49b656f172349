import type { Button, KnownBlock } from '@slack/types';
import { claimsEnd } from '../../src/measure/attribution/credit.ts';
import type { Sale } from '../../src/measure/sales/sale.ts';
import type { NotedTouch } from '../../src/measure/touches/note-touch.ts';
import type { NotedType, Touch } from '../../src/measure/touches/touch.ts';
import { button, input, type Modal, modal, option, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, day, plainTo, section } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { TOUCH_WORDS } from './revenue-words.ts';

export const TOUCH_TITLE = 'Note a touch';
export const LATE_TITLE = 'Let it count';

const NO_NAME = 'A customer whose name was deleted';

/** `sale`: of which one; null to choose among `sales`. `customer`: what they were found by, empty for all. `types`: what this person may note. */
type Asked = {
  types: readonly NotedType[];
  sale: Sale | null;
  sales: readonly Sale[];
  isMore: boolean;
  customer: string;
  partner: string;
  today: string;
};

/** What a partner did, for which sale, when, and who says so. */
export function touchForm({ types, sale, sales, isMore, customer, partner, today }: Asked): Modal {
  if (!sale && sales.length === 0) return modal(TOUCH_TITLE, [section(noSaleWords(customer))]);
  const options = sales.map((one) => option(one.id, saleLabel(one)));
  return modal(
    TOUCH_TITLE,
    [
      ...(sale ? [section(`*${plainTo(sale.customer || NO_NAME, 150)}*`)] : []),
      ...(sale ? [] : [input('saleId', 'Which sale?', { type: 'static_select', options }, isMore ? { hint: MORE_HINT } : {})]),
      textInput('partner', 'Which partner?', partner, { max: 200, hint: 'Its name or its web domain.' }),
      input('type', 'What did it do?', { type: 'static_select', options: types.map((type) => option(type, TOUCH_WORDS[type])) }),
      input('day', 'When?', { type: 'datepicker', initial_date: today }),
      textInput('evidence', 'What says so?', '', {
        ...{ max: 500, multiline: true, placeholder: 'Demo with their head of IT, the notes are in the CRM' },
        hint: 'It stands beside the figure whenever somebody asks why. What is noted stays for good.',
      }),
    ],
    { id: VIEWS.touchNote, submit: 'Note It', metadata: JSON.stringify({ saleId: sale?.id ?? null }) },
  );
}

const MORE_HINT = 'The newest are here. Others: /partners touch and the customer’s name.';

function noSaleWords(customer: string): string {
  if (customer)
    return `No open or won sale is of a customer called “${plainTo(customer, 100)}”. \`/partners touch\` alone lists the newest.`;
  return 'There is no sale yet. They come with deals that are approved (`/partners deal`) and from the CRM (`/partners crm`).';
}

/** The end and the beginning of a name tell sales apart where it is long. */
function saleLabel({ customer, state, createdAt, opportunityId, dealId }: Sale): string {
  const from = dealId ? 'deal' : opportunityId ? 'CRM' : 'link';
  return `${(customer || NO_NAME).slice(0, 40)} · ${state}, ${createdAt.toISOString().slice(0, 10)} (${from})`;
}

/** What was noted, and whether it counts: if not, by which rule and until when it would have. */
export function touchNoted({ touch, partner, sale, rules, because }: NotedTouch): KnownBlock[] {
  const what = `*${TOUCH_WORDS[touch.type]}* by *${plainTo(partner.name, 100)}*, ${day(touch.at)}, for *${plainTo(sale.customer || NO_NAME, 100)}*`;
  if (!because) return [section(`:white_check_mark: Noted: ${what}. It counts; the figures follow in a minute.`)];
  const row = section(`:warning: Noted: ${what}. It counts for nothing: ${whyWords({ sale, rules, because })}`);
  if (because !== 'claimed-late') return [row];
  return [{ ...row, accessory: letCountButton(touch) }, context('Whoever lets it count says why, and both stay beside the sale for ever.')];
}

function whyWords({ sale, rules, because }: Pick<NotedTouch, 'sale' | 'rules' | 'because'>): string {
  const began = day(sale.createdAt);
  switch (because) {
    case 'claimed-late':
      return `who sourced a sale is claimed within ${count(rules.claimDays, 'day')} after ${began}, when our sales had it; that was until ${day(claimsEnd(sale, rules))}. A manager can let it count.`;
    case 'too-old':
      return `it is more than ${count(rules.lookBackDays, 'day')} before ${began}, when our sales had it. Admins set the days with *Settings* in \`/partners revenue\`.`;
    default:
      return `the sale was ${sale.state} ${sale.closedAt ? day(sale.closedAt) : 'before'}. Only an implementation counts after that.`;
  }
}

export function letCountButton({ source }: Pick<Touch, 'source'>): Button {
  return button(ACTIONS.touchCount, 'Let It Count', JSON.stringify({ source }));
}

/** Asks a manager why a late claim is to count. */
export function lateForm({ touch, sale, rules }: NotedTouch): Modal {
  const late = `*${TOUCH_WORDS[touch.type]}* for *${plainTo(sale.customer || NO_NAME, 100)}*, claimed ${day(touch.recordedAt)}`;
  return modal(
    LATE_TITLE,
    [
      section(`${late}. Claims ended ${day(claimsEnd(sale, rules))}, ${count(rules.claimDays, 'day')} after our sales had it.`),
      textInput('because', 'Why does it count all the same?', '', {
        ...{ max: 300, multiline: true, hint: 'Your name and this stay beside the sale for ever. It cannot be taken back.' },
      }),
    ],
    { id: VIEWS.touchCount, submit: 'Let It Count', metadata: JSON.stringify({ source: touch.source }) },
  );
}

export const COUNTED = ':white_check_mark: It counts, and *Why?* says who let it. The figures follow in a minute.';
