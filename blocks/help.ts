import type { KnownBlock } from '@slack/types';
import { type Programme, setupGaps } from '../src/programme/setup/programme.ts';
import type { Need, Role } from '../src/programme/workspaces/role.ts';
import { actions, button } from './elements.ts';
import { ACTIONS } from './ids.ts';
import { context, escapedTo, person, section } from './mrkdwn.ts';
import { roleList } from './programme/roles-form.ts';
import { count, STEP_WORDS, WHO_WORDS } from './words.ts';

/** What a row of the table of commands says of itself (`src/slack/partners.ts`). */
export type CommandHelp = {
  word: string;
  /** What follows the word. A `name` may stand in quotation marks; `words` are taken as they stand. */
  argument: { says: string; kind: 'name' | 'words'; required: boolean; example: string } | null;
  who: Need;
  /** One line, without a full stop. */
  help: string;
};

export function usageOf({ word, argument }: CommandHelp): string {
  return argument ? `${word} ${argument.says}` : word;
}

/** What Slack shows behind `/partners` while somebody types; `manifest.yml` has it. */
export function usageHint(commands: readonly CommandHelp[]): string {
  return commands.map(usageOf).join(' | ');
}

/** What stands between a blank workspace and its first digest. */
export type Beginning = { programme: Programme; companies: number; roles: { userId: string; role: Role }[]; hasDigest: boolean };

/** The first steps, as long as one is missing; then the commands. */
export function helpCard(commands: readonly CommandHelp[], beginning: Beginning): KnownBlock[] {
  return [
    ...firstSteps(beginning),
    section('*What you can type*, here, behind my name in a channel, or in our direct messages'),
    ...inSections(commands.map(helpLine)),
    context('Drop a list of companies into our direct messages to import it.', roleList(beginning.roles).replace('\n', ' · ')),
  ];
}

/** A section holds 3,000 characters. */
const MOST_IN_SECTION = 2_900;

function inSections(lines: readonly string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last === undefined || last.length + line.length > MOST_IN_SECTION) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  return texts.map((text) => section(text));
}

function helpLine(command: CommandHelp): string {
  const who = command.who === 'member' ? '' : ` (${WHO_WORDS[command.who]})`;
  return `\`/partners ${usageOf(command)}\` · ${command.help}${who}`;
}

/** The way to the first digest: what is done, what is missing, and the buttons that do it. Nothing once all is done. */
export function firstSteps({ programme, companies, roles, hasDigest }: Beginning): KnownBlock[] {
  const gaps = setupGaps(programme);
  if (gaps.length === 0 && companies > 0 && hasDigest) return [];
  const admins = roles.filter(({ role }) => role === 'admin').map(({ userId }) => person(userId));
  const isReady = gaps.length === 0 && companies > 0;
  const lines = [
    step(admins.length > 0, adminWords(admins)),
    ...(gaps.length === 0 ? [step(true, 'Set-up')] : gaps.map((gap) => step(false, STEP_WORDS[gap].missing))),
    step(companies > 0, companies > 0 ? count(companies, 'company', 'companies') : 'There are no companies to choose from yet.'),
    step(hasDigest, hasDigest ? 'First digest' : 'The first digest is still to come.'),
  ];
  const buttons = [
    // One button for all of set-up: the form leads from step to step.
    ...gaps.slice(0, 1).map((gap) => button(ACTIONS.setupOpen, STEP_WORDS[gap].button, gap)),
    ...(companies > 0 ? [] : [button(ACTIONS.importOpen, 'Import Companies', 'help')]),
    ...(isReady && !hasDigest ? [button(ACTIONS.commandRun, 'Post the First Digest', 'digest')] : []),
  ];
  const [next, ...others] = buttons;
  const row = next ? [actions(`first-steps:${gaps.length}:${companies > 0}`, { ...next, style: 'primary' }, ...others)] : [];
  return [section(`*First steps*\n${lines.join('\n')}`), ...row];
}

const MOST_ADMINS = 5;

function adminWords(admins: readonly string[]): string {
  if (admins.length === 0) return 'There is no admin yet: an owner of this workspace becomes the first by opening `/partners setup`.';
  const more = admins.length > MOST_ADMINS ? ` and ${admins.length - MOST_ADMINS} more` : '';
  return `Admins: ${admins.slice(0, MOST_ADMINS).join(', ')}${more}`;
}

function step(isDone: boolean, words: string): string {
  return `${isDone ? ':white_check_mark:' : ':white_circle:'} ${words}`;
}

/** For a word that is no command, above the help; `near` is the one that was probably meant, `typed` the same with the words behind it. */
export function unknownWord(word: string, near: { word: string; typed: string } | null): KnownBlock[] {
  const unknown = `I do not know “${escapedTo(word, 40)}”.`;
  if (!near) return [section(`${unknown} Here is what I know:`)];
  const yes = button(ACTIONS.commandRun, `Yes, ${near.word.charAt(0).toUpperCase()}${near.word.slice(1)}`, near.typed);
  return [section(`${unknown} Did you mean *${near.word}*?`), actions('command:meant', yes)];
}

/** A form opens from a click; a message to us cannot open it. A text of more than `max` characters is not passed on: a
 *  button holds no more. */
export function formOffer(
  { help }: CommandHelp,
  label: string,
  { word, words, max }: { word: string; words: string; max: number },
): { text: string; blocks: KnownBlock[] } {
  const whole = `${word} ${words}`.trim();
  const isLong = whole.length > max;
  const long = ` Your text is too long to come with it from a message: paste it into the form, or use \`/partners ${word}\` with it.`;
  const text = `This opens as a form: ${help}.${isLong ? long : ''}`;
  const typed = isLong ? word : whole;
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
