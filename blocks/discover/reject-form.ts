import { REJECTION_REASONS } from '../../src/programme/companies/company.ts';
import { input, type Modal, modal, option, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { plain, section } from '../mrkdwn.ts';
import { REASON_WORDS } from '../words.ts';

export function rejectForm(company: { id: string; name: string }): Modal {
  return modal(
    'Not a fit',
    [
      section(`Why is *${plain(company.name)}* not a fit? It will not be suggested again; *Reconsider* takes this back.`),
      input('reason', 'Reason', {
        type: 'radio_buttons',
        options: REJECTION_REASONS.map((reason) => option(reason, REASON_WORDS[reason])),
      }),
      textInput('note', 'In your words', '', { max: 300, optional: true }),
    ],
    { id: VIEWS.companyReject, submit: 'Save', metadata: JSON.stringify({ companyId: company.id }) },
  );
}
