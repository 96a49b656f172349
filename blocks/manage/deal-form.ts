import type { InputBlock } from '@slack/types';
import type { TypedDeal } from '../../src/manage/deals/typed-deal.ts';
import { countrySelect } from '../country-select.ts';
import { input, type Modal, modal, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { plain, section } from '../mrkdwn.ts';

export const DEAL_TITLE = 'Register a deal';

type Question = { partnerId: string; partnerName: string; dealId: string; typed: TypedDeal };

/** Six fields. What was typed so far is kept with each choice of country and day, because Slack does not say what stood in a form that was closed. */
export function dealForm({ partnerId, partnerName, dealId, typed }: Question): Modal {
  const isBegun = Object.keys(typed).length > 0;
  const intro = `A customer that *${plain(partnerName)}* brings. Whoever registers first has the claim, by our clock.`;
  return modal(
    DEAL_TITLE,
    [
      section(isBegun ? `${intro} You began this earlier; here is what you had.` : intro),
      textInput('company', 'Customer', typed.company ?? '', { max: 200, placeholder: 'The company’s name' }),
      textInput('website', 'Their website', typed.website ?? '', {
        max: 300,
        hint: 'Or the e-mail address of somebody there. It is how we tell one company from another.',
      }),
      kept(input('country', 'Country', countrySelect(typed.country))),
      textInput('value', 'Expected value', typed.value ?? '', { max: 60, placeholder: '12,000 EUR' }),
      kept(
        input('closeOn', 'Expected close', {
          type: 'datepicker',
          ...(isDay(typed.closeOn) ? { initial_date: typed.closeOn } : {}),
        }),
      ),
      textInput('note', 'Note', typed.note ?? '', {
        multiline: true,
        optional: true,
        max: 1000,
        hint: 'What they need, whom you talk to, and what you do there.',
      }),
    ],
    { id: VIEWS.deal, submit: 'Register', metadata: JSON.stringify({ partnerId, dealId }), tellsWhenClosed: true },
  );
}

function isDay(day: string | undefined): day is string {
  return day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day);
}

/** Tells us of each choice, with all that stands in the form. */
function kept(block: InputBlock): InputBlock {
  return { ...block, dispatch_action: true, element: { ...block.element, action_id: ACTIONS.dealKeep } };
}
