import { REJECTION_REASONS } from '../../src/programme/companies/company.ts';
import { input, type Modal, modal, option, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { plain, section } from '../mrkdwn.ts';
import { REASON_WORDS } from '../words.ts';

type Decided = { id: string; name: string };
/** Where the form was opened from, as `src/slack/origin.ts` has it. */
type Origin = object;

export function rejectForm(company: Decided, origin: Origin): Modal {
  return modal(
    'Not a fit',
    [
      section(`Why is *${plain(company.name)}* not a fit? It will not be suggested again; *${LABELS.reconsider}* takes this back.`),
      input('reason', 'Reason', {
        type: 'radio_buttons',
        options: REJECTION_REASONS.map((reason) => option(reason, REASON_WORDS[reason])),
      }),
      textInput('note', 'In your words', '', { max: 300, optional: true }),
    ],
    { id: VIEWS.companyReject, submit: 'Save', metadata: metadataOf(company, origin) },
  );
}

/** `day`: the one that is proposed, as the person's calendar has it. */
export function laterForm(company: Decided, day: string, origin: Origin): Modal {
  return modal(
    LABELS.later,
    [
      section(`*${plain(company.name)}* is left alone until then and may be suggested again afterwards.`),
      input('until', 'Until when?', { type: 'datepicker', initial_date: day }),
    ],
    { id: VIEWS.companyLater, submit: 'Put Off', metadata: metadataOf(company, origin) },
  );
}

function metadataOf({ id }: Decided, origin: Origin): string {
  return JSON.stringify({ companyId: id, origin });
}
