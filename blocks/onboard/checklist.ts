import type { Button, KnownBlock } from '@slack/types';
import { type ChecklistStep, isReady, lateBy } from '../../src/onboard/checklists/checklist.ts';
import { MOST_PROOF_BYTES, maySettle, PROOF_TYPES } from '../../src/onboard/checklists/may-settle.ts';
import { userIdOfContact } from '../../src/onboard/partners/person-of.ts';
import type { Actor } from '../../src/programme/workspaces/role.ts';
import { firstThatFits } from '../classic-blocks.ts';
import { actions, button, input, type Modal, modal } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, escaped, person, plain, section, shorten } from '../mrkdwn.ts';
import { plan, type Task } from '../panels.ts';
import { type ChecklistFacts, HOW_DONE, progressWords, sideName, standingWords } from './checklist-words.ts';

export const CHECKLIST_TITLE = 'Checklist';

/** In the partner's channel, for both sides: a plan, and the button to the steps. Where all of it does not fit, what is settled or waits is
 *  counted. */
export function checklistMessage(facts: ChecklistFacts): { text: string; blocks: KnownBlock[] } {
  const { checklist, partner } = facts;
  const title = `Checklist for ${partner.name} · ${progressWords(checklist)}`;
  const open = checklist.steps.filter(({ state }) => state === 'open');
  const ways = [checklist.steps, open, open.filter(isReady)].map((steps): KnownBlock[] => {
    const left = checklist.steps.length - steps.length;
    return [
      plan(
        title,
        steps.map((step) => taskOf(step, facts)),
      ),
      ...(left > 0 ? [context(`and ${left} more: press *Open Checklist*`)] : []),
      actions('checklist:open', checklistButton(checklist.partnerId)),
    ];
  });
  return { text: escaped(title), blocks: firstThatFits(ways) };
}

export function checklistButton(partnerId: string): Button {
  return button(ACTIONS.checklistShow, 'Open Checklist', partnerId);
}

function taskOf(step: ChecklistStep, facts: ChecklistFacts): Task {
  const { id, title, side, state } = step;
  const late = lateBy(step, facts.at, facts.week) > 0;
  const status = state !== 'open' ? 'complete' : late ? 'error' : isReady(step) ? 'in_progress' : 'pending';
  return { id, title, status, details: `${sideName(side, facts)} · ${standingWords(step, facts)}` };
}

/** A modal holds 100 blocks, and a step takes two. */
const MOST_ROWS = 45;

/** The steps, with what this person may do. */
export function checklistModal(facts: ChecklistFacts, actor: Actor): Modal {
  const { checklist, partner } = facts;
  const settledLast = (a: ChecklistStep, b: ChecklistStep) => Number(a.state !== 'open') - Number(b.state !== 'open');
  const steps = checklist.steps.length > MOST_ROWS ? checklist.steps.toSorted(settledLast) : checklist.steps;
  const left = steps.length - MOST_ROWS;
  return modal(CHECKLIST_TITLE, [
    section(`*${plain(partner.name)}* · ${progressWords(checklist)}`),
    ...steps.slice(0, MOST_ROWS).flatMap((step) => stepRow(step, facts, actor)),
    ...(left > 0 ? [context(`and ${left} more: they come up when others are done`)] : []),
  ]);
}

/** One step in two lines of mrkdwn. */
export function stepLines(step: ChecklistStep, facts: ChecklistFacts, actor: Actor): string {
  const { title, side, state, evidence, proof } = step;
  const how = HOW_DONE[evidence];
  const parts = [
    escaped(sideName(side, facts)),
    `${escaped(standingWords(step, facts))}${actor.kind === 'member' ? byWords(step, facts) : ''}`,
    ...(proof ? [escaped(shorten(proof.name, 80))] : []),
    ...(state === 'open' && how ? [how] : []),
  ];
  return `${markOf(step)} *${plain(title)}*\n${parts.join(' · ')}`;
}

function markOf(step: ChecklistStep): string {
  if (step.state === 'open') return isReady(step) ? ':large_blue_circle:' : ':white_circle:';
  return step.state === 'done' ? ':white_check_mark:' : ':heavy_minus_sign:';
}

/** Who settled a step, for the team. */
function byWords({ by }: ChecklistStep, { partner }: ChecklistFacts): string {
  if (by === null || by === 'system') return '';
  const contact = partner.people.find(({ id }) => by === userIdOfContact(id));
  return ` by ${contact ? escaped(contact.name) : person(by)}`;
}

function stepRow(step: ChecklistStep, facts: ChecklistFacts, actor: Actor): KnownBlock[] {
  const row = section(stepLines(step, facts, actor));
  const [only, ...others] = stepButtons(step, facts, actor);
  if (!only) return [row];
  if (others.length === 0) return [{ ...row, accessory: only }];
  return [row, actions(`step:${step.id}:${facts.checklist.rev}`, only, ...others)];
}

function stepButtons(step: ChecklistStep, { checklist }: ChecklistFacts, actor: Actor): Button[] {
  const { partnerId } = checklist;
  const value = JSON.stringify({ partnerId, stepId: step.id });
  const said = (words: string) => ({ accessibility_label: shorten(`${words}: ${step.title}`, 75) });
  const may = (to: ChecklistStep['state']) => maySettle(actor, partnerId, step, to);
  if (step.state !== 'open') return may('open') ? [button(ACTIONS.checklistReopen, 'Open Again', value, said('Open again'))] : [];
  const done =
    step.evidence === 'file'
      ? button(ACTIONS.checklistFile, 'Send File', value, said('Send a file for'))
      : button(ACTIONS.checklistDone, 'Done', value, said('Done'));
  return [
    ...(may('done') && isReady(step) ? [done] : []),
    ...(may('waived') ? [button(ACTIONS.checklistWaive, 'Not Needed', value, said('Not needed'))] : []),
  ];
}

/** For the file that shows that a step is done. */
export function proofForm({ title }: Pick<ChecklistStep, 'title'>, place: { partnerId: string; stepId: string }): Modal {
  const filetypes = [...PROOF_TYPES];
  const hint = `${filetypes.join(', ')}, up to ${MOST_PROOF_BYTES / 1024 / 1024} MB. Both companies can read its name.`;
  return modal(
    CHECKLIST_TITLE,
    [section(`*${plain(title)}*`), input('file', 'File', { type: 'file_input', max_files: 1, filetypes }, { hint })],
    { id: VIEWS.checklistFile, submit: 'Send', metadata: JSON.stringify(place) },
  );
}
