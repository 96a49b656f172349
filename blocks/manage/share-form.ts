import { DEAL_ROLES, type Deal } from '../../src/manage/deals/deal.ts';
import { ROLE_WORDS } from '../../src/manage/deals/deal-words.ts';
import { input, type Modal, modal, option, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { plainTo, section } from '../mrkdwn.ts';

export const SHARE_TITLE = 'Add partner';

/** Another partner gets a part in a deal; one that has a part gets another. */
export function shareForm({ id, company }: Pick<Deal, 'id' | 'company'>): Modal {
  return modal(
    SHARE_TITLE,
    [
      section(`*${plainTo(company, 150)}*\nThe partner sees this deal in *My Deals*: the customer, where it stands, and its own part.`),
      textInput('partner', 'Which partner?', '', {
        max: 200,
        hint: 'Its name or its web domain. One that has a part already gets this one.',
      }),
      input('role', 'What does it do?', {
        type: 'static_select',
        options: DEAL_ROLES.map((role) => option(role, `It ${ROLE_WORDS[role]}`)),
      }),
      input(
        'sees',
        'Other partners',
        { type: 'checkboxes', options: [option('others', 'It may see which other partners are in this deal')] },
        { optional: true },
      ),
    ],
    { id: VIEWS.dealShare, submit: 'Add Partner', metadata: JSON.stringify({ dealId: id }) },
  );
}
