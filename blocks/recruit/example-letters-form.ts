import type { KnownBlock } from '@slack/types';
import { EXAMPLE_FIELDS, LONGEST_EXAMPLE, MOST_EXAMPLES } from '../../src/recruit/style/example-letters.ts';
import type { HouseStyle } from '../../src/recruit/style/style.ts';
import { LANGUAGE_NAMES, type Language } from '../../src/recruit/writing/writing.ts';
import { button, type Modal, modal, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, section } from '../mrkdwn.ts';
import { count } from '../words.ts';

export const EXAMPLES_TITLE = 'Example letters';

type Examples = HouseStyle['examples'];

/** Up to three letters of the team, as they stand. */
export function examplesForm(examples: Examples): Modal {
  return modal(
    EXAMPLES_TITLE,
    [
      context(
        'Letters of yours that you like. The language model follows their tone, their rhythm, how they greet and how they close. It copies no sentence, and nothing they say counts as a fact. The offline writer does not read them.',
      ),
      context(
        ':bust_in_silhouette: Leave out names and addresses of people: “Hello (name)” will do. The texts are kept here and given to the model.',
      ),
      ...EXAMPLE_FIELDS.map((field, place) => {
        const example = examples[place];
        const label = `Letter ${place + 1}${example ? ` (${languageWords(example.language)})` : ''}`;
        const hint = example ? 'Empty it to take it away.' : 'From the greeting to the closing.';
        return textInput(field, label, example?.text ?? '', { multiline: true, optional: true, max: LONGEST_EXAMPLE, hint });
      }),
    ],
    { id: VIEWS.letterExamples, submit: 'Save' },
  );
}

/** How many there are and in which languages, with the button that opens them. */
export function examplesRow(examples: Examples): KnownBlock {
  const hint = `Up to ${MOST_EXAMPLES} letters that you like: the language model follows their manner and copies nothing.`;
  const given = examples.length > 0;
  return {
    ...section(`*${EXAMPLES_TITLE}*\n${hint}\n${given ? `:white_check_mark: ${examplesWords(examples)}` : '_none yet_'}`),
    accessory: button(ACTIONS.letterExamples, given ? 'Change' : 'Add Letters', 'examples'),
  };
}

/** “2 letters: German, English”. */
export function examplesWords(examples: Examples): string {
  return `${count(examples.length, 'letter')}: ${examples.map(({ language }) => languageWords(language)).join(', ')}`;
}

function languageWords(language: Language | null): string {
  return language ? LANGUAGE_NAMES[language] : 'language unclear';
}
