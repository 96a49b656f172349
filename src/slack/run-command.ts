import { z } from 'zod';
import { formOffer, leftOutWords, unknownWord } from '../../blocks/help.ts';
import { context, section, unescaped } from '../../blocks/mrkdwn.ts';
import { pressable } from '../../blocks/pressable.ts';
import type { Deps } from '../deps.ts';
import { nearestWord } from '../discover/find/suggest-words.ts';
import { Refusal } from '../errors.ts';
import { readQuoted } from '../programme/companies/clean-text.ts';
import { authorise } from '../programme/workspaces/authorise.ts';
import type { Actor } from '../programme/workspaces/role.ts';
import { resolveActor } from './actor.ts';
import type { ButtonClick, Caller, Command } from './listener.ts';
import { type Answer, helpWords, PARTNERS_COMMANDS, type PartnersCommand } from './partners.ts';
import { answerAsker } from './with-fallback.ts';

/** Longer names are not looked for. */
const LONGEST_NAME = 300;
/** Longer ones are no command's. */
const LONGEST_WORD = 100;
/** What the value of a button holds. */
const LONGEST_TYPED = 2000;

/** What somebody typed: the row it asks for, null for a word that is none; the words that go with it; and those it has no use for. */
export type Typed = { command: PartnersCommand | null; word: string; words: string; leftOut: string };

/** The first word says what, in any case; without one it is help. */
export function readTyped(text: string): Typed {
  const [, first = '', rest = ''] = /^\s*(?:\/partners\b)?\s*(\S*)\s*(.*)$/s.exec(text) ?? [];
  const word = first
    .slice(0, LONGEST_WORD)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+$/u, '');
  const command = PARTNERS_COMMANDS.find((row) => row.word === (word || 'help')) ?? null;
  const behind = rest.trim();
  if (command?.argument?.kind === 'name') {
    const { name, rest: leftOut } = readQuoted(behind);
    return { command, word, words: name, leftOut };
  }
  return command?.argument || !command ? { command, word, words: behind, leftOut: '' } : { command, word, words: '', leftOut: behind };
}

/** `/partners …`. Answers are seen by the asking person only. */
export const onPartners =
  (deps: Deps) =>
  async (args: Command): Promise<void> => {
    await args.ack();
    const { text, trigger_id: triggerId, channel_id: channel } = args.command;
    await run(args, { typed: readTyped(unescaped(text)), triggerId, channel }, deps, (answer) => answerAsker(args, answer, false));
  };

/** A button that stands for a command: what was probably meant, or what needs a click to open. */
export const onRunCommand =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const typed = readTyped(z.string().max(LONGEST_TYPED).parse(args.action.value));
    // What others can read stays as it is.
    const replace = args.body.container.is_ephemeral === true;
    const say = (answer: Answer) => answerAsker(args, answer, replace);
    await run(args, { typed, triggerId: args.body.trigger_id, channel: args.body.channel?.id ?? null }, deps, say);
  };

type Say = (answer: Answer) => Promise<unknown>;

type Run = { typed: Typed; triggerId: string; channel: string | null };

async function run(args: Caller, { typed, triggerId, channel }: Run, deps: Deps, say: Say): Promise<void> {
  const { command, words, leftOut } = typed;
  if (!command || 'answer' in command) {
    return void (await say(await answerTyped(typed, await resolveActor(args), deps, channel)));
  }
  demandWords(command, words);
  // A form is opened before anything is looked up; who may have it is seen there.
  await command.open({ args, triggerId, words, deps });
  if (leftOut) await say({ text: leftOutWords(command, leftOut) });
}

/** The answer to a command, to be shown to the asking person alone; for a form, the button that opens it. Refuses what `who` does not
 *  allow and `word-needed`. `channel`: where it was typed, where that is a channel. */
export async function answerTyped(typed: Typed, actor: Actor, deps: Deps, channel: string | null = null): Promise<Answer> {
  const { command, word, words, leftOut } = typed;
  const need = command && 'answer' in command ? command.who : 'member';
  await authorise(actor, need, { action: `command.${command?.word ?? 'unknown'}`, subject: 'command:/partners', at: deps.now() });
  if (!command) return answerUnknown(word, words, actor);
  demandWords(command, words);
  const answer =
    'answer' in command
      ? await command.answer({ actor, words, channel, deps })
      : formOffer(command, command.label, { word: command.word, words, max: LONGEST_TYPED });
  const blocks = answer.blocks && pressable(answer.blocks, actor);
  if (!leftOut) return { ...answer, ...(blocks ? { blocks } : {}) };
  return { text: answer.text, blocks: [context(leftOutWords(command, leftOut)), ...(blocks ?? [section(answer.text)])] };
}

async function answerUnknown(word: string, words: string, { workspaceId }: Actor): Promise<Answer> {
  const near = nearestWord(
    word,
    PARTNERS_COMMANDS.map((row) => row.word),
  );
  const typed = `${near} ${words}`.trim();
  const { blocks } = await helpWords(workspaceId);
  const meant = near && typed.length <= LONGEST_TYPED ? { word: near, typed } : null;
  return { text: 'I do not know that word.', blocks: [...unknownWord(word, meant), ...blocks] };
}

function demandWords(command: PartnersCommand, words: string): void {
  const { argument } = command;
  const isMissing = argument?.required && words === '';
  const isTooLong = argument?.kind === 'name' && words.length > LONGEST_NAME;
  if (isMissing || isTooLong) throw new Refusal('word-needed', { usage: `/partners ${command.word} ${argument.example}` });
}
