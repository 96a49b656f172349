import type { KnownBlock } from '@slack/types';
import { type Programme, type SetupStep, setupGaps } from '../src/programme/setup/programme.ts';
import type { Need, Role } from '../src/programme/workspaces/role.ts';
import { actions, button } from './elements.ts';
import { ACTIONS } from './ids.ts';
import { context, escapedTo, section } from './mrkdwn.ts';
import { roleList } from './programme/roles-form.ts';
import { STEP_WORDS } from './words.ts';

/** What a row of the table of commands says of itself (`src/slack/partners.ts`). */
export type CommandHelp = {
  word: string;
  /** What follows the word. A `name` may stand in quotation marks; `words` are taken as they stand. */
  argument: { says: string; kind: 'name' | 'words'; required: boolean; example: string } | null;
  who: Need;
  /** One line, without a full stop. */
  help: string;
};

export const WHO_WORDS: Record<Need, string> = { member: 'everyone', manager: 'managers', admin: 'admins' };

export function usageOf({ word, argument }: CommandHelp): string {
  return argument ? `${word} ${argument.says}` : word;
}

/** What Slack shows behind `/partners` while somebody types; `manifest.yml` has it. */
export function usageHint(commands: readonly CommandHelp[]): string {
  return commands.map(usageOf).join(' | ');
}

/** What is missing, each in one sentence with the button that fixes it; then the commands. */
export function helpCard(
  commands: readonly CommandHelp[],
  { programme, companies, roles }: { programme: Programme; companies: number; roles: { userId: string; role: Role }[] },
): KnownBlock[] {
  return [
    ...missingBlocks(programme, companies),
    section(`*What you can type*, here, behind my name in a channel, or in our direct messages\n${commands.map(helpLine).join('\n')}`),
    context('Drop a list of companies into our direct messages to import it.', roleList(roles).replace('\n', ' · ')),
  ];
}

function helpLine(command: CommandHelp): string {
  const who = command.who === 'member' ? '' : ` (${WHO_WORDS[command.who]})`;
  return `\`/partners ${usageOf(command)}\` · ${command.help}${who}`;
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

/** For a word that is no command, above the help; `near` is the one that was probably meant, `typed` the same with the words behind it. */
export function unknownWord(word: string, near: { word: string; typed: string } | null): KnownBlock[] {
  const unknown = `I do not know “${escapedTo(word, 40)}”.`;
  if (!near) return [section(`${unknown} Here is what I know:`)];
  const yes = button(ACTIONS.commandRun, `Yes, ${near.word.charAt(0).toUpperCase()}${near.word.slice(1)}`, near.typed);
  return [section(`${unknown} Did you mean *${near.word}*?`), actions('command:meant', yes)];
}

/** A form opens from a click; a message to us cannot open it. `typed` is the command as it was meant. */
export function formOffer({ help }: CommandHelp, label: string, typed: string): { text: string; blocks: KnownBlock[] } {
  const text = `This opens as a form: ${help}.`;
  return { text, blocks: [section(text), actions('command:form', button(ACTIONS.commandRun, label, typed))] };
}

/** What was typed and not used. */
export function leftOutWords({ word, argument }: CommandHelp, leftOut: string): string {
  const takes = argument ? 'takes one name' : 'takes no more words';
  return `\`${word}\` ${takes}: I left out “${escapedTo(leftOut, 200)}”.`;
}

/** What a person of another company hears: nothing internal, and whom to ask. */
export const EXTERNAL_HELP =
  'Hello! I run the partner programme of a company that shares a channel with you. Ask your contact there: they can look things up with me.';
