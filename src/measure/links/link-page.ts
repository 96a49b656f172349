import { refusalSentence } from '../../../blocks/refusals.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import { fieldHtml, type Html, html } from '../../onboard/pages/html.ts';
import { formHtml, type PageSection } from '../../onboard/pages/page-section.ts';
import type { Visit } from '../../onboard/pages/visit.ts';
import { makeLink, ownDomains } from './change-link.ts';
import { mayHaveLinks, proposedCode } from './link.ts';
import { linksOf } from './look-at-links.ts';

/** What whoever follows a link that is none reads. */
export const NO_SUCH_LINK = { title: 'There is no such link', text: 'Check the address, or ask whoever gave it to you.' };

/** The words of this part of the page. */
const WORDS = {
  title: 'Links',
  none: 'There is none yet. Make one for each place where you tell of it: a newsletter, a page, a campaign.',
  counted: 'People are counted once a day on each link. Conversions are sign-ups and sales of customers who came by it.',
  made: 'Made:',
  wrong: 'Nothing is made yet. Correct what is marked, then send it again.',
  button: 'Make Link',
  ended: 'ended',
  more: (count: number) => `And ${count} older: they go on working. Ask us for their figures.`,
};

/** The field that each refusal is said beside. */
const FIELD_OF: Partial<Record<RefusalCode, string>> = {
  ...{ 'link-code-wrong': 'code', 'link-code-taken': 'code', 'link-target-elsewhere': 'target' },
};

/** A partner's referral links with their figures, and a form that makes one. */
export function linkSection(publicUrl: () => string | null): PageSection {
  return {
    path: 'links',
    title: WORDS.title,
    object: 'statement',
    isFor: mayHaveLinks,
    show: async (visit) => html`${await listHtml(visit, publicUrl())}${await formOf(visit)}`,
    take: async (visit, form) => {
      const { actor, at } = visit;
      const typed = { campaign: form.get('campaign') ?? '', code: form.get('code') ?? '', target: form.get('target') ?? '' };
      try {
        const { code } = await makeLink(actor, { ...typed, partnerId: actor.partnerId, personId: null, coupon: '' }, at);
        const done = html`<p class="done" role="status">${WORDS.made} ${urlOf(publicUrl(), code)}</p>`;
        return html`${done}${await listHtml(visit, publicUrl())}`;
      } catch (error) {
        const field = error instanceof Refusal ? FIELD_OF[error.code] : undefined;
        if (!field || !(error instanceof Refusal)) throw error;
        const wrong = { [field]: refusalSentence(error.code, error.details).replace(/[*`]/g, '') };
        return html`<p class="wrong" role="alert">${WORDS.wrong}</p>${await formOf(visit, typed, wrong)}`;
      }
    },
  };
}

const urlOf = (address: string | null, code: string) => `${address ?? ''}/r/${code}`;

async function listHtml({ actor, at }: Visit, address: string | null): Promise<Html> {
  const { links, total } = await linksOf(actor, actor.partnerId, at);
  if (links.length === 0) return html`<p>${WORDS.none}</p>`;
  const rows = links.map(({ code, campaign, coupon, people, came, bought, endedAt }) => {
    const facts = [campaign, coupon ? `coupon ${coupon}` : '', endedAt ? WORDS.ended : ''].filter(Boolean).join(' · ');
    return html`<li>${facts ? `${facts}: ` : ''}<strong>${urlOf(address, code)}</strong><br>${people} people · ${came} conversions · ${bought} sales</li>`;
  });
  const more = total > links.length ? html`<p>${WORDS.more(total - links.length)}</p>` : '';
  return html`<ul class="list">${rows}</ul>${more}<p>${WORDS.counted}</p>`;
}

async function formOf(visit: Visit, typed: Record<string, string> = {}, wrong: Record<string, string> = {}): Promise<Html> {
  const [site = ''] = await ownDomains(visit.actor.workspaceId);
  const fields = [
    { name: 'campaign', label: 'Campaign', value: typed.campaign ?? '', max: 100, optional: true },
    { name: 'code', label: 'Code', value: typed.code ?? proposedCode(visit.partner.name, ''), max: 40, optional: true },
    { name: 'target', label: 'Page it leads to', value: typed.target ?? (site ? `https://${site}` : ''), max: 1000 },
  ];
  const filled = fields.map((field) => fieldHtml({ ...field, kind: 'text', wrong: wrong[field.name] }));
  return formHtml(visit, WORDS.button, filled);
}
