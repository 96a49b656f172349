import { countDeals } from '../../manage/deals/deal-repository.ts';
import { type Html, html } from '../../onboard/pages/html.ts';
import type { PageSection } from '../../onboard/pages/page-section.ts';
import { lineWords, sumWords, whyWords } from './earning-words.ts';
import { type EarningLine, earningsOf, whyEarned } from './earnings.ts';

/** Lines on the page; the team has all of them. */
const SHOWN = 30;

/** What a partner earned, what is held, owed and paid, and why each line is what it is. */
export function earningsSection(): PageSection {
  return {
    path: 'earnings',
    title: 'Earnings',
    object: 'statement',
    show: async ({ actor, at }) => {
      const { workspaceId, partnerId } = actor;
      const [total, earnings] = await Promise.all([
        countDeals(workspaceId, { partnerId }),
        earningsOf(actor, partnerId, { from: 0, count: SHOWN }, at),
      ]);
      const whys = await Promise.all(earnings.lines.map(({ source }) => whyEarned(actor, { partnerId, source }, at)));
      const rest = earnings.total - earnings.lines.length;
      return html`<p><strong>${total}</strong> ${total === 1 ? 'deal' : 'deals'} registered.</p>
${earnings.total === 0 ? html`<p>Earnings start with the first approved deal. Until then there is nothing to pay.</p>` : null}
${earnings.sums.map((sum) => html`<p><strong>${sumWords(sum)}</strong></p>`)}
${earnings.lines.map((line, place) => lineHtml(line, whys[place] ? whyWords(whys[place]) : []))}
${rest > 0 ? html`<p>And ${rest} older ones. Ask us for them.</p>` : null}
<p>Say under <a href="payment">Payment details</a> how you want to be paid.</p>`;
    },
  };
}

function lineHtml(line: EarningLine, why: readonly string[]): Html {
  return html`<details><summary>${lineWords(line)}</summary><ul>${why.map((words) => html`<li>${words}</li>`)}</ul></details>`;
}
