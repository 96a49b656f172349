import { z } from 'zod';
import { fieldHtml, type Html, html } from '../../onboard/pages/html.ts';
import { formHtml } from '../../onboard/pages/page-section.ts';
import type { Visit } from '../../onboard/pages/visit.ts';
import { type Deal, type DealEvent, lastOf, RejectionCode } from './deal.ts';
import { CONFLICT_WORDS, codeWords, daysLeftWords, dayText, reviewerName } from './deal-words.ts';
import { type Reply, replied } from './decide-deal.ts';
import { CustomerDomain } from './typed-deal.ts';

const LONGEST = 1000;

/** The words of this part of the page. */
const WORDS = {
  answer: 'Answer',
  appeal: 'Appeal',
  asks: 'asks:',
  has: 'has it.',
  until: 'Yours until',
  missing: 'Write something, or the website that is asked for.',
  shorter: 'Shorten it to 1,000 characters.',
  why: 'Say in a sentence what speaks for you.',
  once: 'What do you know that we do not? You can appeal once.',
  site: 'Their website',
  first: 'Somebody was first; the list shows how it stands. This was not sent:',
};

/** Where a deal of theirs stands, and what they can do about it, as in Slack. `wrong`: what to change of what they sent, with their words. */
export function replyHtml(visit: Visit, deal: Deal, wrong: { move: string; says: string; words: string } | null = null): Html {
  const { id, status, appealedAt, protectedUntil } = deal;
  const form = (move: Reply['move'], button: string, label: string) => {
    const fault = wrong?.move === move ? wrong : null;
    const words = { kind: 'long', name: 'words', label, value: fault?.words ?? '', max: LONGEST, wrong: fault?.says } as const;
    const site = { kind: 'text', name: 'website', label: WORDS.site, value: '', optional: true } as const;
    const asksSite = move === 'answer' && deal.check?.code === 'domain-missing';
    const fields = [...(asksSite ? [fieldHtml(site)] : []), fieldHtml({ ...words, ...(asksSite ? { optional: true } : {}) })];
    return formHtml(visit, button, fields, { reply: `${move} ${id}` });
  };
  const name = reviewerName(deal);
  const asked = lastOf(deal, 'ask');
  const rejected = lastOf(deal, 'reject');
  if (status === 'needs-info' && asked) return html`<p>${questionWords(asked)}</p>${form('answer', WORDS.answer, WORDS.answer)}`;
  if (status === 'rejected' && rejected)
    return html`<p>${whyNot(rejected)}</p>${appealedAt ? null : form('appeal', WORDS.appeal, WORDS.once)}`;
  const until =
    status === 'approved' && protectedUntil
      ? html`<p>${WORDS.until} ${dayText(protectedUntil)}, ${daysLeftWords(protectedUntil, visit.at)}</p>`
      : null;
  const who = status === 'in-review' && name ? html`<p>${name} ${WORDS.has}</p>` : null;
  return html`${until}${who}`;
}

function questionWords({ words, byName }: DealEvent): string {
  return words ? `${byName ? `${byName} ${WORDS.asks} ` : ''}${words}` : CONFLICT_WORDS['domain-missing'];
}

function whyNot({ code, words }: DealEvent): string {
  const isReason = RejectionCode.safeParse(code).success;
  const reason = code === 'other' ? '' : codeWords(code);
  return [reason && isReason ? `${reason}.` : reason, words].filter(Boolean).join(' ');
}

const Form = z.object({
  reply: z.string().regex(/^(answer|appeal|withdraw) .+$/),
  words: z.string().trim().default(''),
  website: z.string().optional(),
});

/** Takes what was sent of such a form: the deal as it is then, or what to change. Null for a form of another kind. Refuses what `replyToReview` does. */
export async function takeReply(
  { actor, at }: Visit,
  form: URLSearchParams,
): Promise<{ deal: Deal; wrong: null } | { dealId: string; wrong: { move: string; says: string; words: string } } | null> {
  const sent = Form.safeParse(Object.fromEntries(form));
  // The form of a new deal names its customer.
  if (!sent.success || form.has('company')) return null;
  const { reply, words, website } = sent.data;
  const [said = '', dealId = ''] = reply.split(' ');
  const move = z.enum(['answer', 'appeal', 'withdraw']).parse(said);
  const fault = (says: string) => ({ dealId, wrong: { move, says, words } });
  if (words.length > LONGEST) return fault(WORDS.shorter);
  if (move === 'appeal' && words.length < 10) return fault(WORDS.why);
  const site = CustomerDomain.safeParse(website?.trim() ? website : undefined);
  if (!site.success) return fault(site.error.issues[0]?.message ?? WORDS.missing);
  if (move === 'answer' && words === '' && site.data === null) return fault(WORDS.missing);
  const told: Reply = move === 'answer' ? { move, words, website: site.data } : { move, words };
  const { deal, changed } = await replied(actor, dealId, told, at);
  // The form is not there any more: what was written stands in the sentence.
  return changed || move === 'withdraw' ? { deal, wrong: null } : fault([WORDS.first, words, site.data].filter(Boolean).join(' '));
}
