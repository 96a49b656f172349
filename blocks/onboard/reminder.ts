import type { KnownBlock } from '@slack/types';
import type { Reminded } from '../../src/onboard/checklists/due-reminders.ts';
import { context, escaped, plain, section, shorten } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { checklistButton } from './checklist.ts';
import { dayWords } from './checklist-words.ts';

/** A message holds 50 blocks. */
const MOST_PARTNERS = 40;

export const REMINDER_TITLE = 'Steps that wait for you';

/** What one person is reminded of, by partner. For a colleague (`us` null) each partner is named; a partner's person reads of their own alone. */
export function reminderMessage(about: readonly Reminded[], us: string | null): { text: string; blocks: KnownBlock[] } {
  const byPartner = new Map<string, Reminded[]>();
  for (const one of about) byPartner.set(one.partner.id, [...(byPartner.get(one.partner.id) ?? []), one]);
  const groups = [...byPartner.values()];
  const left = groups.length - MOST_PARTNERS;
  const text = `${count(about.length, 'step')} to look at`;
  return {
    text,
    blocks: [
      section(us === null ? `*${text}*` : `*${text}* on the checklist that you share with ${plain(us)}`),
      ...groups.slice(0, MOST_PARTNERS).flatMap((group) => partnerRow(group, us === null)),
      ...(left > 0 ? [context(`and ${count(left, 'partner')} more: the Home tab lists them`)] : []),
    ],
  };
}

function partnerRow(group: readonly Reminded[], named: boolean): KnownBlock[] {
  const [first] = group;
  if (!first) return [];
  const { id, name } = first.partner;
  const lines = group.map(({ step, late, escalation }) => {
    const due = step.dueOn ? ` · due ${dayWords(step.dueOn)}${late > 0 ? `, ${count(late, 'working day')} late` : ''}` : '';
    return `• ${escaped(step.title)}${due}${escalation ? ' · theirs to do: talk to them' : ''}`;
  });
  const words = [...(named ? [`*${plain(shorten(name, 100))}*`] : []), ...lines].join('\n');
  return [{ ...section(words), accessory: checklistButton(id) }];
}
