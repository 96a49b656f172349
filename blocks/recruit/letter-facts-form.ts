import type { KnownBlock } from '@slack/types';
import { PARTNER_TYPES, type PartnerType } from '../../src/programme/setup/programme.ts';
import { type LetterFacts, VALUE_PARTS, valueField } from '../../src/recruit/style/letter-facts.ts';
import type { HouseStyle } from '../../src/recruit/style/style.ts';
import { PHRASES } from '../../src/recruit/writing/phrases.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language, type Phrases } from '../../src/recruit/writing/writing.ts';
import { actions, button, type Modal, modal, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, header, section, verbatim } from '../mrkdwn.ts';
import { TYPE_WORDS } from '../words.ts';

export const LETTERS_TITLE = 'What letters may say';

const PART_WORDS: Record<(typeof VALUE_PARTS)[number], { label: string; example: string }> = {
  they: { label: 'What they could do', example: 'sell it together with your own and set it up' },
  gain: { label: 'What they would gain', example: 'a share of every licence for as long as it runs' },
  firstStep: { label: 'The first small step', example: 'a look at the software together' },
};

/** A letter of the offline writer goes on with the words typed, so they have to fit its beginning. */
const goesOn = (language: Language, part: keyof Phrases['begins']) => `Goes on after “${PHRASES[language].begins[part]} …”.`;

/** A letter of the offline writer with these texts, by type of partner. */
type Samples = readonly { type: PartnerType; letter: string }[];

/** All that may be said about us in one language, as it stands; `wanted` are the types of partner that the workspace looks for. */
export function letterFactsForm(language: Language, facts: LetterFacts | null, wanted: readonly PartnerType[]): Modal {
  const { sells = '', customers = '', proof = [], mayName = [], role = '', values = [] } = facts ?? {};
  const types = PARTNER_TYPES.filter((type) => wanted.includes(type) || values.some((value) => value.type === type));
  const name = LANGUAGE_NAMES[language];
  return modal(
    LETTERS_TITLE,
    [
      context(
        `In ${name}, as a letter would say it. Letters in ${name} say of us what stands here, beside your name and regions, and nothing else.`,
      ),
      textInput('sells', 'What do you sell?', sells, {
        ...{ max: 300, multiline: true },
        hint: `For somebody who never heard of you. ${goesOn(language, 'sells')}`,
      }),
      textInput('customers', 'Who buys it?', customers, { max: 300, hint: goesOn(language, 'customers') }),
      textInput('role', 'What is the sender with you?', role, {
        ...{ max: 80, optional: true },
        placeholder: 'I look after partners',
        hint: 'A sentence of its own.',
      }),
      textInput('proof', 'Facts about you', proof.join('\n'), {
        ...{ max: 1600, multiline: true, optional: true },
        hint: 'A sentence each, one a line: what you could show them if they asked.',
      }),
      textInput('mayName', 'Customers and partners that may be named', mayName.join('\n'), {
        ...{ max: 2000, multiline: true, optional: true, placeholder: 'Northgate Physio (customer)' },
        hint: 'One a line. Nobody else is ever named; the offline writer names nobody.',
      }),
      ...types.flatMap((type) => valueInputs(language, type, values.find((value) => value.type === type) ?? null)),
    ],
    { id: VIEWS.letterFacts, submit: 'Save', metadata: JSON.stringify({ language }) },
  );
}

/** How letters read with what was just saved. */
export function lettersSaved(language: Language, samples: Samples): Modal {
  const name = LANGUAGE_NAMES[language];
  const read = samples.length > 0 ? 'This is how a first letter reads now.' : `Letters in ${name} say no more yet than what you sell.`;
  return modal(LETTERS_TITLE, [
    section(`:white_check_mark: *Saved.* ${read}`),
    ...samples.flatMap(({ type, letter }) => [context(`To a partner: *${TYPE_WORDS[type].toLowerCase()}*`), ...verbatim(letter)]),
    actions('letters-saved', button(ACTIONS.letterFacts, `Change ${name}`, JSON.stringify({ language }))),
  ]);
}

function valueInputs(language: Language, type: PartnerType, value: LetterFacts['values'][number] | null): KnownBlock[] {
  return [
    header(TYPE_WORDS[type]),
    ...VALUE_PARTS.map((part) =>
      textInput(valueField(type, part), PART_WORDS[part].label, value?.[part] ?? '', {
        ...{ max: 200, optional: true, placeholder: PART_WORDS[part].example, hint: goesOn(language, part) },
      }),
    ),
  ];
}

/** Beside a text in the wrong language. */
export function foreignWords(reads: Language, wanted: Language): string {
  const name = LANGUAGE_NAMES[wanted];
  return `This reads as ${LANGUAGE_NAMES[reads]}, and letters in ${name} use it as it stands. Write it in ${name}.`;
}

/** In which languages letters know more of us than set-up, with a button for each. */
export function lettersRows({ letters }: Pick<HouseStyle, 'letters'>): KnownBlock[] {
  const hint =
    'What each type of partner does and gets, what you can show and whom you may name: it makes a letter worth an answer. Without it letters know set-up alone.';
  return [
    section(`*${LETTERS_TITLE}*\n${hint}`),
    ...LANGUAGES.map((language): KnownBlock => {
      const known = letters[language];
      const types = known?.values.map(({ type }) => TYPE_WORDS[type].toLowerCase()).join(', ');
      const said = known ? `:white_check_mark: ${types ? `for ${types}` : 'given, for no type of partner yet'}` : '_nothing yet_';
      const label = known ? 'Change' : 'Write It';
      return {
        ...section(`*${LANGUAGE_NAMES[language]}:* ${said}`),
        accessory: button(ACTIONS.letterFacts, label, JSON.stringify({ language })),
      };
    }),
  ];
}
