import type { InputBlock } from '@slack/types';
import type { DealQuestion } from '../../src/manage/deal-rules/deal-questions.ts';
import type { ExtraField } from '../../src/manage/deal-rules/deal-rules.ts';
import type { TypedDeal } from '../../src/manage/deals/deal.ts';
import { FIELD_WORDS } from '../../src/manage/deals/deal-words.ts';
import { MOST_NOTE } from '../../src/manage/deals/typed-deal.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { countrySelect, initial } from '../country-select.ts';
import { input, type Modal, modal, option, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { plain, section, shorten } from '../mrkdwn.ts';

export const DEAL_TITLE = 'Register a deal';

/** By field, the words of a text that its answer rests on. */
type Words = Record<string, string>;
type Asked = {
  partnerId: string;
  partnerName: string;
  dealId: string;
  typed: TypedDeal;
  questions: readonly DealQuestion[];
  /** Where a text was read for it; absent where a person typed. */
  heard?: Words | null;
};

/** At most six fields. What was typed so far is kept with each choice, because Slack does not say what stood in a form that was closed. */
export function dealForm({ partnerId, partnerName, dealId, typed, questions, heard }: Asked): Modal {
  const intro = `A customer that *${plain(partnerName)}* brings. Whoever registers first has the claim, by our clock.`;
  return modal(DEAL_TITLE, [section(`${intro}${begunWords(typed, heard)}`), ...questions.map((one) => question(one, typed, heard ?? {}))], {
    id: VIEWS.deal,
    submit: 'Register',
    metadata: JSON.stringify({ partnerId, dealId }),
    tellsWhenClosed: true,
  });
}

/** Whose deal it is, where the message does not say. What was read goes along; the name is typed where there are too many to choose from. */
export function partnerForm({ partners, heard }: { partners: readonly Pick<Partner, 'id' | 'name'>[] | null; heard: object }): Modal {
  const options = (partners ?? []).map(({ id, name }) => option(id, name));
  const ask =
    options.length > 0
      ? input('partner', 'Partner', { type: 'static_select', options })
      : textInput('partner', 'Partner', '', { max: 300, hint: 'Its name or web domain, as `/partners partners` lists it.' });
  const more = { id: VIEWS.dealPartner, submit: 'Go On', metadata: JSON.stringify({ heard }) };
  return modal(DEAL_TITLE, [section('Which partner brings this deal?'), ask], more);
}

function begunWords(typed: TypedDeal, heard: Words | null | undefined): string {
  if (!heard) return Object.keys(typed).length > 0 ? ' You began this earlier; here is what you had.' : '';
  const none = ' I found nothing in the text that I am sure of: fill it in yourself.';
  return Object.keys(heard).length > 0
    ? ' Below each field stand the words I read it from: check them. What I am not sure of is empty.'
    : none;
}

function question(asked: DealQuestion, typed: TypedDeal, heard: Words): InputBlock {
  const said = typed[asked.name] ?? '';
  const read = heard[asked.name];
  const block = asked.kind === 'own' ? ownInput(asked.name, said) : extraInput(asked.field, said);
  const hint = read === undefined ? block.hint?.text : `Read from: “${shorten(read.replace(/\s+/g, ' '), 200)}”`;
  return hint ? { ...block, hint: { type: 'plain_text', text: hint, emoji: false } } : block;
}

function ownInput(name: (DealQuestion & { kind: 'own' })['name'], said: string): InputBlock {
  const { label, hint, example } = FIELD_WORDS[name];
  const more = { ...(hint && name !== 'value' ? { hint } : {}), ...(example ? { placeholder: example } : {}) };
  switch (name) {
    case 'country':
      return kept(input(name, label, countrySelect(said)));
    case 'closeOn':
      return kept(input(name, label, dayPicker(said)));
    case 'lines':
      return textInput(name, label, said, { ...more, multiline: true, optional: true });
    case 'note':
      return textInput(name, label, said.slice(0, MOST_NOTE), { ...more, multiline: true, optional: true, max: MOST_NOTE });
    case 'website':
      return textInput(name, label, said, { ...more, optional: true });
    default:
      return textInput(name, label, said, more);
  }
}

function extraInput({ id, label, kind, options, required }: ExtraField, said: string): InputBlock {
  const optional = !required;
  const choices = options.map((one) => option(one, one));
  switch (kind) {
    case 'country':
      return kept(input(id, label, countrySelect(said), { optional }));
    case 'date':
      return kept(input(id, label, dayPicker(said), { optional }));
    case 'select':
      return kept(input(id, label, { type: 'static_select', options: choices, ...initial(choices, said) }, { optional }));
    case 'money':
      return textInput(id, label, said, { optional, placeholder: FIELD_WORDS.value.example });
    case 'number':
      return textInput(id, label, said, { optional, placeholder: '1200' });
    case 'text':
      return textInput(id, label, said, { optional });
  }
}

function dayPicker(said: string) {
  return { type: 'datepicker' as const, ...(/^\d{4}-\d\d-\d\d$/.test(said) ? { initial_date: said } : {}) };
}

/** Tells us of each choice, with all that stands in the form. */
function kept(block: InputBlock): InputBlock {
  return { ...block, dispatch_action: true, element: { ...block.element, action_id: ACTIONS.dealKeep } };
}
