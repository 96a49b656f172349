import type { KnownBlock } from '@slack/types';
import type { Suggestion } from '../../src/recruit/style/learn-from-edits.ts';
import { type HouseStyle, MOST_REPLACEMENTS, STYLE_LANGUAGES, STYLE_LENGTHS } from '../../src/recruit/style/style.ts';
import { LANGUAGE_NAMES, type Replacement, TONES } from '../../src/recruit/writing/writing.ts';
import { actions, button, input, type Modal, modal, option, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, divider, escaped, section, shorten } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { examplesRow, examplesWords } from './example-letters-form.ts';
import { lettersRows } from './letter-facts-form.ts';

const TITLE = 'House style';
const TONE_WORDS: Record<HouseStyle['tone'], string> = { plain: 'Plain', warm: 'Warm', formal: 'Formal' };
const LENGTH_WORDS: Record<HouseStyle['length'], string> = { short: 'Short', medium: 'Medium' };
const LANGUAGE_WORDS: Record<HouseStyle['language'], string> = {
  theirs: 'Theirs, by their country; else English',
  en: `Always ${LANGUAGE_NAMES.en}`,
  de: `Always ${LANGUAGE_NAMES.de}`,
  fr: `Always ${LANGUAGE_NAMES.fr}`,
  es: `Always ${LANGUAGE_NAMES.es}`,
};
/** A modal holds 100 blocks. */
const MOST_SUGGESTIONS = 10;

/** For managers and admins: what may be chosen, what edits suggest, and the words that are replaced. */
export function styleForm(style: HouseStyle, suggestions: Suggestion[], saved: boolean): Modal {
  return modal(
    TITLE,
    [
      ...(saved ? [context(':white_check_mark: Saved. It holds for messages that are written from now on.')] : []),
      select('tone', 'Tone', TONES, TONE_WORDS, style.tone),
      select('length', 'Length', STYLE_LENGTHS, LENGTH_WORDS, style.length),
      select('language', 'Language', STYLE_LANGUAGES, LANGUAGE_WORDS, style.language),
      textInput('houseStyle', 'What else the language model should know', style.houseStyle, {
        multiline: true,
        optional: true,
        max: 1000,
        hint: 'Such as: we say “clinic”, not “customer”. The offline writer does not read this.',
      }),
      divider,
      ...lettersRows(style),
      examplesRow(style.examples),
      divider,
      ...suggestionBlocks(suggestions, style.replacements.length >= MOST_REPLACEMENTS),
      ...replacementBlocks(style.replacements, true),
    ],
    { id: VIEWS.style, submit: 'Save', close: 'Close' },
  );
}

/** For everybody else: to look at. */
export function stylePage(style: HouseStyle): Modal {
  const lines = [
    `*Tone:* ${TONE_WORDS[style.tone]}`,
    `*Length:* ${LENGTH_WORDS[style.length]}`,
    `*Language:* ${LANGUAGE_WORDS[style.language]}`,
    `*For the language model:* ${style.houseStyle ? escaped(style.houseStyle) : '_nothing more_'}`,
    `*Example letters:* ${style.examples.length > 0 ? examplesWords(style.examples) : '_none_'}`,
  ];
  return modal(TITLE, [
    section(lines.join('\n')),
    divider,
    ...replacementBlocks(style.replacements, false),
    context('A manager or an admin can change this.'),
  ]);
}

/** What a team's edits have in common, in a sentence. */
export function habitWords({ from, to, draftIds }: Suggestion): string {
  return `You changed “${escaped(shorten(from, 100))}” to “${escaped(shorten(to, 100))}” in ${count(draftIds.length, 'draft')}.`;
}

/** Where there is no room for another, it is said and not offered. */
function suggestionBlocks(suggestions: Suggestion[], isFull: boolean): KnownBlock[] {
  const shown = suggestions.slice(0, MOST_SUGGESTIONS);
  const left = suggestions.length - shown.length;
  return [
    ...(isFull && left + shown.length > 0
      ? [context(`:warning: ${MOST_REPLACEMENTS} words are replaced, and there is no room for more. Remove one below to add another.`)]
      : []),
    ...shown.flatMap((suggestion, index) => [
      section(`:bulb: ${habitWords(suggestion)}${isFull ? '' : ' Shall I write it so from now on?'}`),
      actions(
        `suggestion:${index}:${suggestion.from}`,
        ...(isFull ? [] : [button(ACTIONS.styleAdd, 'Add', replacementValue(suggestion))]),
        button(ACTIONS.styleDismiss, 'Dismiss', replacementValue(suggestion)),
      ),
    ]),
    ...(left > 0 ? [context(`…and ${left} more, once these are decided.`)] : []),
  ];
}

function replacementBlocks(replacements: Replacement[], mayChange: boolean): KnownBlock[] {
  if (replacements.length === 0)
    return [context('No words are replaced yet. When you change the same words the same way in two drafts, I suggest it here.')];
  return [
    section('*Words that are replaced*'),
    ...replacements.map((replacement, index): KnownBlock => {
      const line = section(`“${escaped(shorten(replacement.from, 100))}” → “${escaped(shorten(replacement.to, 100))}”`);
      return mayChange
        ? {
            ...line,
            block_id: shorten(`replacement:${index}:${replacement.from}`, 255),
            accessory: button(ACTIONS.styleRemove, 'Remove', replacementValue(replacement)),
          }
        : line;
    }),
  ];
}

function replacementValue({ from, to }: Replacement): string {
  return JSON.stringify({ from, to });
}

function select<Value extends string>(
  field: string,
  label: string,
  values: readonly Value[],
  words: Record<Value, string>,
  chosen: Value,
): KnownBlock {
  const options = values.map((value) => option(value, words[value]));
  const initial = options.find(({ value }) => value === chosen);
  return input(field, label, { type: 'static_select', options, ...(initial ? { initial_option: initial } : {}) });
}
