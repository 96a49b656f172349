import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { type Field, fieldHtml, type Html, html } from '../../onboard/pages/html.ts';
import { formHtml, type PageSection } from '../../onboard/pages/page-section.ts';
import type { Visit } from '../../onboard/pages/visit.ts';
import { COUNTRIES } from '../../recruit/policy/countries.ts';
import { type DealQuestion, questionsIn } from '../deal-rules/deal-questions.ts';
import type { ExtraField } from '../deal-rules/deal-rules.ts';
import { getDealRules } from '../deal-rules/deal-rules-repository.ts';
import { type Deal, TypedDeal } from './deal.ts';
import {
  dealFacts,
  FIELD_WORDS,
  lineWords,
  momentText,
  nextWords,
  outcomeWords,
  ROLE_WORDS,
  STATE_WORDS,
  speedWords,
} from './deal-words.ts';
import { readDecisionTimes } from './read-review.ts';
import { openLink, recordHtml, withdrawHtml } from './record-page.ts';
import { beginDeal, dealsOf, keepTyped, registerDeal } from './register-deal.ts';
import { replyHtml, takeReply } from './reply-page.ts';
import { type SharedDeal, sharedWith } from './share-deal.ts';
import { readDeal } from './typed-deal.ts';

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
  before: 'Your company registered this account already:',
  due: 'You have an answer by',
  list: 'What your company has registered',
  none: 'Nothing yet.',
  shared: 'You have a part in',
  part: 'your part:',
};

/** Registering deals and seeing them, as in Slack. `announce` is told of each that was registered. */
export function dealSection(announce: (deal: Deal) => Promise<void>): PageSection {
  return {
    path: 'deals',
    title: WORDS.title,
    object: 'deal',
    show: async (visit, asked) => {
      const [one, toWithdraw] = [asked.get('deal'), asked.get('withdraw')];
      if (one !== null) return recordHtml(visit, one);
      if (toWithdraw !== null) return withdrawHtml(visit, toWithdraw);
      const { dealId, typed, questions } = await beginDeal(visit.actor, visit.actor.partnerId, visit.at);
      const intro = Object.keys(typed).length > 0 ? `${WORDS.intro} ${WORDS.begun}` : WORDS.intro;
      return html`<h2>${WORDS.form}</h2><p>${intro}</p>${dealFields(visit, dealId, { questions, typed, wrong: {} })}${await dealTable(visit)}`;
    },
    take: (visit, form) => takeDeal(visit, form, announce),
  };
}

async function takeDeal(visit: Visit, form: URLSearchParams, announce: (deal: Deal) => Promise<void>): Promise<Html> {
  const { actor, at } = visit;
  const reply = await takeReply(visit, form);
  if (reply?.wrong) return html`<p class="wrong" role="alert">${reply.wrong.says}</p>${await dealTable(visit, reply)}`;
  if (reply) {
    await announce(reply.deal);
    return html`${outcomeHtml(reply.deal, true)}<p><a href="deals">${WORDS.list}</a></p>`;
  }
  const typed = TypedDeal.parse(Object.fromEntries(form));
  const dealId = z.uuid().safeParse(form.get('deal'));
  if (!dealId.success) throw new Refusal('deal-unknown');
  const ref = { partnerId: actor.partnerId, dealId: dealId.data };
  const rules = await getDealRules(actor.workspaceId);
  // Anybody can send a page's form with questions left out: what is asked now is asked all the same.
  const { questions: asked } = await beginDeal(actor, actor.partnerId, at);
  const questions = questionsIn(rules, [...form.keys(), ...asked.map(({ name }) => name)]);
  const { said, wrong } = readDeal(typed, questions, at);
  if (wrong) {
    await keepTyped(actor, ref, onlyAsked(typed, questions), at);
    return html`<p class="wrong" role="alert">${WORDS.wrong}</p>${dealFields(visit, ref.dealId, { questions, typed, wrong })}`;
  }
  // Where it is refused, nothing is to be typed again.
  await keepTyped(actor, ref, onlyAsked(typed, questions), at);
  const { deal, changed } = await registerDeal(actor, ref, said, at);
  await announce(deal);
  return html`${outcomeHtml(deal, changed)}<p><a href="deals">${WORDS.form}</a></p>${await dealTable(visit)}`;
}

function onlyAsked(typed: TypedDeal, questions: readonly DealQuestion[]): TypedDeal {
  const asked = new Set(questions.map(({ name }) => name));
  return Object.fromEntries(Object.entries(typed).filter(([name]) => asked.has(name)));
}

/** The same as in Slack: that it is there, the rule in plain words, and what may be done next. */
function outcomeHtml(deal: Deal, changed: boolean): Html {
  const { title, rule, next } = outcomeWords(deal);
  const isNew = deal.history.length <= 2 && deal.status !== 'rejected';
  const first = isNew ? WORDS.done : `${title}.`;
  const until = deal.dueAt ? html`<p>${WORDS.due} ${momentText(deal.dueAt)}.</p>` : null;
  // The words are written for Slack, where stars make them bold.
  const told = rule ? html`<p>${rule.replaceAll('*', '')}</p>` : null;
  return html`<div class="done" role="status"><p><strong>${changed ? first : `${WORDS.before} ${momentText(deal.submittedAt)}.`}</strong></p>${changed ? null : openLink(deal)}${dealHtml(deal)}${told}<p>${next}</p>${until}</div>`;
}

type Asked = { questions: readonly DealQuestion[]; typed: TypedDeal; wrong: Record<string, string> };

function dealFields(visit: Visit, dealId: string, { questions, typed, wrong }: Asked): Html {
  const fields = questions.map((one) =>
    fieldHtml({
      ...(one.kind === 'own' ? ownField(one.name) : extraField(one.field)),
      name: one.name,
      value: typed[one.name] ?? '',
      wrong: wrong[one.name],
    }),
  );
  return formHtml(visit, WORDS.button, fields, { deal: dealId });
}

/** A field without what is typed into it. Longer than its answer may be: a browser cuts what is pasted without a word. */
type Blank<One = Field> = One extends Field ? Omit<One, 'name' | 'value' | 'wrong'> : never;
const ROOM = { max: 20_000 };
const COUNTRY_OPTIONS = COUNTRIES.map(({ code, name }) => ({ value: code, label: name }));

function ownField(name: (DealQuestion & { kind: 'own' })['name']): Blank {
  const { label, hint, example } = FIELD_WORDS[name];
  const words = { label, ...(hint || example ? { hint: hint || example } : {}) };
  switch (name) {
    case 'country':
      return { ...words, kind: 'choice', options: COUNTRY_OPTIONS };
    case 'closeOn':
      return { ...words, kind: 'date' };
    case 'lines':
    case 'note':
      return { ...words, ...ROOM, kind: 'long', optional: true };
    case 'website':
      return { ...words, ...ROOM, kind: 'text', optional: true };
    default:
      return { ...words, ...ROOM, kind: 'text' };
  }
}

function extraField({ label, kind, options, required }: ExtraField): Blank {
  const words = { label, ...(required ? {} : { optional: true }) };
  switch (kind) {
    case 'country':
      return { ...words, kind: 'choice', options: COUNTRY_OPTIONS };
    case 'select':
      return { ...words, kind: 'choice', options: options.map((one) => ({ value: one, label: one })) };
    case 'date':
      return { ...words, kind: 'date' };
    default:
      return { ...words, ...ROOM, kind: 'text' };
  }
}

/** What all of the partner's people have registered. */
async function dealTable(
  visit: Visit,
  reply: { dealId: string; wrong: { move: string; says: string; words: string } } | null = null,
): Promise<Html> {
  const { actor, at } = visit;
  const [{ deals, total }, { shared }, times] = await Promise.all([
    dealsOf(actor, actor.partnerId, SHOWN, at),
    sharedWith(actor, actor.partnerId, SHOWN, at),
    readDecisionTimes(actor.workspaceId, at),
  ]);
  const rows = deals.map(
    (deal) =>
      html`<li>${dealHtml(deal)}<p>${nextWords(deal)}</p>${openLink(deal)}${replyHtml(visit, deal, reply?.dealId === deal.id ? reply.wrong : null)}</li>`,
  );
  const more = total > deals.length ? html`<p>The newest ${deals.length} of ${total}.</p>` : null;
  return html`<h2>${WORDS.list}</h2><p>${speedWords(times)}</p>${rows.length > 0 ? html`<ul class="list">${rows}</ul>` : html`<p>${WORDS.none}</p>`}${more}${sharedHtml(shared)}`;
}

/** What others registered and this partner has a part in. */
function sharedHtml(shared: readonly SharedDeal[]): Html | null {
  if (shared.length === 0) return null;
  const rows = shared.map(
    ({ id, company, domain, status, role }) =>
      html`<li><p><strong><bdi>${company}</bdi></strong><br>${domain ?? ''}<br><strong>${STATE_WORDS[status].title}</strong> · ${WORDS.part} ${ROLE_WORDS[role]}</p>${openLink({ id })}</li>`,
  );
  return html`<h2>${WORDS.shared}</h2><ul class="list">${rows}</ul>`;
}

function dealHtml(deal: Deal): Html {
  const { company, note, status, submittedAt, byName, lines } = deal;
  const facts = dealFacts(deal).join(' · ');
  const by = byName ? `, by ${byName}` : '';
  const products = lines.length > 0 ? html`<p>${lines.map(lineWords).join(' · ')}</p>` : null;
  return html`<p><strong><bdi>${company}</bdi></strong><br>${facts}<br><strong>${STATE_WORDS[status].title}</strong> · registered ${momentText(submittedAt)}${by}</p>${products}${note ? html`<p>${note}</p>` : null}`;
}
