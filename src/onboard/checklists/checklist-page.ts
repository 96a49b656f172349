import { type Html, html } from '../pages/html.ts';
import { formHtml, type PageSection } from '../pages/page-section.ts';
import type { Visit } from '../pages/visit.ts';
import type { ChecklistStep } from './checklist.ts';
import { maySettle } from './may-settle.ts';
import { demandReader, readChecklist, settleStep } from './settle-step.ts';

/** The words of this part of the page. */
const WORDS = {
  title: 'Checklist',
  intro: 'What you and your contact do until the first registration.',
  sides: { theirs: 'You', ours: 'Your contact' } satisfies Record<ChecklistStep['side'], string>,
  states: { open: 'open', done: 'done', waived: 'not needed' } satisfies Record<ChecklistStep['state'], string>,
  file: 'Send the file to your contact, who puts it here.',
  button: 'Done',
};

/** The partner's checklist, as in Slack. `settled` is told when a step was. */
export function checklistSection(settled: (workspaceId: string, partnerId: string) => Promise<void>): PageSection {
  return {
    path: 'checklist',
    title: WORDS.title,
    object: 'checklist',
    show: listHtml,
    take: async (visit, form) => {
      const { actor, at } = visit;
      const step = { partnerId: actor.partnerId, stepId: form.get('step') ?? '' };
      const { changed } = await settleStep(actor, step, { to: 'done', proof: null }, at);
      if (changed) await settled(actor.workspaceId, actor.partnerId);
      return listHtml(visit);
    },
  };
}

async function listHtml(visit: Visit): Promise<Html> {
  const { actor, at } = visit;
  const { steps } = await readChecklist(await demandReader(actor, actor.partnerId, at), at);
  return html`<p>${WORDS.intro}</p><ul class="list">${steps.map((step) => stepHtml(visit, step))}</ul>`;
}

function stepHtml(visit: Visit, step: ChecklistStep): Html {
  const { id, title, side, state, dueOn, evidence } = step;
  const due = state === 'open' && dueOn ? `, due ${dueOn}` : '';
  const mine = state === 'open' && maySettle(visit.actor, visit.actor.partnerId, step, 'done');
  const how = mine && (evidence === 'file' ? html`<p>${WORDS.file}</p>` : formHtml(visit, WORDS.button, [], { step: id }));
  return html`<li><p><strong>${title}</strong><br>${WORDS.sides[side]}: ${WORDS.states[state]}${due}</p>${how || null}</li>`;
}
