import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { type Field, fieldHtml, type Html, html } from '../../onboard/pages/html.ts';
import { formHtml, type PageSection } from '../../onboard/pages/page-section.ts';
import type { Visit } from '../../onboard/pages/visit.ts';
import { COUNTRIES } from '../../recruit/policy/countries.ts';
import type { Deal } from './deal.ts';
import { dealFacts, STATE_WORDS } from './deal-words.ts';
import { beginDeal, dealsOf, keepTyped, registerDeal } from './register-deal.ts';
import { DEAL_FIELDS, newDeal, TypedDeal } from './typed-deal.ts';

/** Shown at once; the newest. */
const SHOWN = 50;

/** The words of this part of the page. */
const WORDS = {
  title: 'Deals',
  form: 'Register a deal',
  intro: 'A customer that you bring. Whoever registers first has the claim, by our clock.',
  begun: 'You began this earlier; here is what you had.',
  button: 'Register',
  wrong: 'Nothing is registered yet. Correct what is marked, then send it again.',
  done: 'Registered.',
  before: 'This is registered already.',
  list: 'What your company has registered',
  none: 'Nothing yet.',
};

/** Registering deals and seeing them, as in Slack. `announce` is told of each that was registered. */
export function dealSection(announce: (deal: Deal) => Promise<void>): PageSection {
  return {
    path: 'deals',
    title: WORDS.title,
    object: 'deal',
    show: async (visit) => {
      const { dealId, typed } = await beginDeal(visit.actor, visit.actor.partnerId, visit.at);
      const intro = Object.keys(typed).length > 0 ? `${WORDS.intro} ${WORDS.begun}` : WORDS.intro;
      return html`<h2>${WORDS.form}</h2><p>${intro}</p>${dealFields(visit, dealId, typed, {})}${await dealTable(visit)}`;
    },
    take: (visit, form) => takeDeal(visit, form, announce),
  };
}

async function takeDeal(visit: Visit, form: URLSearchParams, announce: (deal: Deal) => Promise<void>): Promise<Html> {
  const { actor, at } = visit;
  const typed = TypedDeal.parse(Object.fromEntries(DEAL_FIELDS.map((field) => [field, form.get(field) ?? ''])));
  const dealId = z.uuid().safeParse(form.get('deal'));
  if (!dealId.success) throw new Refusal('deal-unknown');
  const ref = { partnerId: actor.partnerId, dealId: dealId.data };
  const read = newDeal(at).safeParse(typed);
  if (!read.success) {
    const wrong = Object.fromEntries(read.error.issues.map(({ path, message }) => [String(path[0]), message]).reverse());
    await keepTyped(actor, ref, typed, at);
    return html`<p class="wrong" role="alert">${WORDS.wrong}</p>${dealFields(visit, ref.dealId, typed, wrong)}`;
  }
  const { deal, changed } = await registerDeal(actor, ref, read.data, at);
  await announce(deal);
  return html`<div class="done" role="status"><p><strong>${changed ? WORDS.done : WORDS.before}</strong></p>${dealHtml(deal)}<p>${STATE_WORDS[deal.status].next}</p></div>
<p><a href="deals">${WORDS.form}</a></p>${await dealTable(visit)}`;
}

function dealFields(visit: Visit, dealId: string, typed: TypedDeal, wrong: Record<string, string>): Html {
  const fields: Field[] = [
    { kind: 'text', name: 'company', label: 'Customer', value: '', max: 200, hint: 'The company’s name' },
    { kind: 'text', name: 'website', label: 'Their website', value: '', hint: 'Or the e-mail address of somebody there' },
    {
      kind: 'choice',
      name: 'country',
      label: 'Country',
      value: '',
      options: COUNTRIES.map(({ code, name }) => ({ value: code, label: name })),
    },
    { kind: 'text', name: 'value', label: 'Expected value', value: '', max: 60, hint: 'With its currency, such as 12,000 EUR' },
    { kind: 'date', name: 'closeOn', label: 'Expected close', value: '' },
    {
      kind: 'long',
      name: 'note',
      label: 'Note',
      value: '',
      max: 1000,
      optional: true,
      hint: 'What they need, whom you talk to, and what you do there',
    },
  ];
  const said = new Map<string, string>(Object.entries(typed));
  const filled = fields.map((field) => fieldHtml({ ...field, value: said.get(field.name) ?? '', wrong: wrong[field.name] }));
  return formHtml(visit, WORDS.button, filled, { deal: dealId });
}

/** What all of the partner's people have registered. */
async function dealTable({ actor, at }: Visit): Promise<Html> {
  const { partnerId } = actor;
  const { deals, total } = await dealsOf(actor, partnerId, SHOWN, at);
  const rows = deals.map((deal) => html`<li>${dealHtml(deal)}</li>`);
  const more = total > deals.length ? html`<p>The newest ${deals.length} of ${total}.</p>` : null;
  return html`<h2>${WORDS.list}</h2>${rows.length > 0 ? html`<ul class="list">${rows}</ul>` : html`<p>${WORDS.none}</p>`}${more}`;
}

function dealHtml(deal: Deal): Html {
  const { company, note, status, submittedAt, byName } = deal;
  const facts = dealFacts(deal).join(' · ');
  const by = byName ? ` by ${byName}` : '';
  return html`<p><strong>${company}</strong><br>${facts}<br>${STATE_WORDS[status].title} ${submittedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC${by}</p>${note ? html`<p>${note}</p>` : null}`;
}
