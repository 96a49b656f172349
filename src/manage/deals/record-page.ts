import { type Html, html } from '../../onboard/pages/html.ts';
import { formHtml } from '../../onboard/pages/page-section.ts';
import type { Visit } from '../../onboard/pages/visit.ts';
import { getDealRules } from '../deal-rules/deal-rules-repository.ts';
import { type Deal, type DealEvent, isAllowed } from './deal.ts';
import { codeWords, dayText, dealFacts, lineWords, MOVE_WORDS, momentText, nextWords, ROLE_WORDS, STATE_WORDS } from './deal-words.ts';
import { demandDeal } from './demand-deal.ts';
import { replyHtml } from './reply-page.ts';

/** The words of this part of the page. */
const WORDS = {
  list: 'All deals',
  open: 'Open Deal',
  part: 'Your part:',
  done: 'What was done',
  history: 'History',
  none: 'Nothing is logged yet.',
  withdraw: 'Withdraw this registration',
  sure: 'Withdraw it?',
  free: 'The account is free for others at once. This cannot be taken back.',
  yes: 'Withdraw',
  no: 'Keep it',
  byTeam: 'by the team',
};

/** The way to a deal's own page. */
export function openLink({ id }: Pick<Deal, 'id'>): Html {
  return html`<p><a href="deals?deal=${id}">${WORDS.open}</a></p>`;
}

/** One deal with its history, as in Slack: all that its partner may know of it, or of another's deal the part they have. Refuses what `demandDeal` does. */
export async function recordHtml(visit: Visit, dealId: string): Promise<Html> {
  const { actor, at } = visit;
  const { deal, partner, side } = await demandDeal(actor, dealId, { need: 'member', action: 'deal.show', at, evenParticipants: true });
  const { company, domain, status, note, lines, extra } = deal;
  const head = html`<p><a href="deals">${WORDS.list}</a></p><h2><bdi>${company}</bdi></h2>`;
  if (side === 'participant') {
    const own = deal.partners.find(({ partnerId }) => partnerId === partner.id);
    return html`${head}<p>${domain ?? ''}<br><strong>${STATE_WORDS[status].title}</strong></p>${own ? html`<p>${WORDS.part} ${ROLE_WORDS[own.role]}</p>` : null}`;
  }
  const { extraFields } = await getDealRules(deal.workspaceId);
  const answers = extraFields.flatMap(({ id, label }) => (extra[id] ? [html`<br>${label}: ${extra[id]}`] : []));
  const done = deal.activities.filter(({ isTeam }) => !isTeam).toReversed();
  const withdraw = html`<p><a href="deals?withdraw=${deal.id}">${WORDS.withdraw}</a></p>`;
  return html`${head}<p>${dealFacts(deal).join(' · ')}${answers}</p>
${lines.length > 0 ? html`<p>${lines.map(lineWords).join(' · ')}</p>` : null}${note ? html`<p>${note}</p>` : null}
<p><strong>${STATE_WORDS[status].title}</strong><br>${nextWords(deal)}</p>${replyHtml(visit, deal)}
<h2>${WORDS.done}</h2>${listOf(done.map(({ at: when, byName, words }) => `${dayText(when)}${byName ? `, ${byName}` : ''}: ${words}`))}
<h2>${WORDS.history}</h2>${listOf(deal.history.toReversed().map(eventText))}${isAllowed(status, 'withdraw') ? withdraw : null}`;
}

/** Asks before it is done. Refuses what `demandDeal` does. */
export async function withdrawHtml(visit: Visit, dealId: string): Promise<Html> {
  const { deal } = await demandDeal(visit.actor, dealId, { need: 'member', action: 'deal.show', at: visit.at });
  if (!isAllowed(deal.status, 'withdraw')) return recordHtml(visit, dealId);
  const form = formHtml(visit, WORDS.yes, [], { reply: `withdraw ${deal.id}` });
  return html`<h2>${WORDS.sure}</h2><p><strong><bdi>${deal.company}</bdi></strong></p><p>${WORDS.free}</p>${form}<p><a href="deals?deal=${deal.id}">${WORDS.no}</a></p>`;
}

function listOf(lines: readonly string[]): Html {
  return lines.length > 0 ? html`<ul class="list">${lines.map((line) => html`<li>${line}</li>`)}</ul>` : html`<p>${WORDS.none}</p>`;
}

const BY_ITSELF: ReadonlySet<string> = new Set(['rule', 'system']);
const THEIR_MOVES: ReadonlySet<DealEvent['move']> = new Set(['submit', 'answer', 'appeal', 'withdraw']);

function eventText({ at, move, by, byName, code, words, protectedUntil }: DealEvent): string {
  const isTheirs = THEIR_MOVES.has(move) || BY_ITSELF.has(by) || by.startsWith('crm:');
  const who = byName ? ` by ${byName}` : isTheirs ? '' : ` ${WORDS.byTeam}`;
  const until = protectedUntil ? `protected until ${dayText(protectedUntil)}` : '';
  const said = [codeWords(code), words, until].filter(Boolean).join(' · ');
  return `${momentText(at)} · ${MOVE_WORDS[move]}${who}${said ? `: ${said}` : ''}`;
}
