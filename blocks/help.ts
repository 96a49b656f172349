import type { KnownBlock } from '@slack/types';
import { type Programme, type SetupStep, setupGaps } from '../src/programme/setup/programme.ts';
import type { Role } from '../src/programme/workspaces/role.ts';
import { actions, button } from './elements.ts';
import { ACTIONS } from './ids.ts';
import { context, section } from './mrkdwn.ts';
import { roleList } from './programme/roles-form.ts';
import { STEP_WORDS } from './words.ts';

const COMMANDS_HELP = [
  '`/partners list` · the candidates, best first',
  '`/partners find WORDS` · companies in plain words, such as `healthcare VARs in Poland`',
  '`/partners show NAME` · one company, every point of its score explained',
  '`/partners why NAME` · why a company is not suggested, and what would change that',
  '`/partners digest` · post today’s digest now (managers)',
  '`/partners outreach` · what waits, went and came back, with the record of each message',
  '`/partners optout WHAT` · stop all mail to an address, a domain or a company (managers)',
  '`/partners weights` · what counts how much, and what your decisions changed (admins change)',
  '`/partners style` · tone, length and words of your messages (managers change)',
  '`/partners import` · bring companies (managers)',
  '`/partners research WORDS` · look for companies on the web (managers)',
  '`/partners setup` · company, digest, sender (admins)',
  '`/partners roles` · who may do what (admins change)',
].join('\n');

/** What is missing, each in one sentence with the button that fixes it; then the commands. */
export function helpCard(programme: Programme, companies: number, roles: { userId: string; role: Role }[]): KnownBlock[] {
  return [
    ...missingBlocks(programme, companies),
    section(`*What you can type*\n${COMMANDS_HELP}`),
    context(roleList(roles).replace('\n', ' · ')),
  ];
}

export function missingBlocks(programme: Programme, companies: number): KnownBlock[] {
  const gaps = setupGaps(programme).flatMap((step) => gapBlocks(step));
  if (companies > 0) return gaps;
  return [
    ...gaps,
    section(':information_source: There are no companies to choose from yet.'),
    actions('gap:companies', button(ACTIONS.importOpen, 'Import Companies', 'help')),
  ];
}

function gapBlocks(step: SetupStep): KnownBlock[] {
  const { missing, button: label } = STEP_WORDS[step];
  return [section(`:information_source: ${missing}`), actions(`gap:${step}`, button(ACTIONS.setupOpen, label, step))];
}

/** What a person of another company hears: nothing internal, and whom to ask. */
export const EXTERNAL_HELP =
  'Hello! I run the partner programme of the company you share this channel with. Ask your contact there in this channel; they can look things up with me.';
