import type { Finding, Phrase } from '../../src/discover/fit/finding.ts';
import type { Reason } from '../../src/discover/fit/fit.ts';
import type { Gate } from '../../src/discover/fit/gates.ts';
import type { Hold, HoldCode, Objection } from '../../src/discover/fit/holds.ts';
import { TYPE_WORDS } from '../words.ts';
import { AREA_WORDS, FACT_WORDS, SEGMENT_WORDS } from './vocabulary.ts';

type Found<Code extends Finding['code']> = Extract<Finding, { code: Code }>;

/** One sentence for each code; the type demands it. */
const SENTENCES: { [Code in Finding['code']]: (finding: Found<Code>) => string } = {
  'no-role': () => 'Nothing in its text says that it is such a partner.',
  'role-field': ({ phrase }) => `Sells something in a field of its own: ${phraseWords(phrase)}.`,
  role: ({ phrase }) => `Says of itself that it is one: ${phraseWords(phrase)}.`,
  'no-own-area': () => 'Its text names none of your fields.',
  'no-useful-area': () => 'Its text names no field that goes with yours.',
  'no-service': () => 'Its text names no service of this kind.',
  'no-customers': () => 'Its text names none of the customers you sell to.',
  'no-place': () => 'Nothing on file says where it works; of such a partner that counts as none of your places.',
  'no-own-words': () => 'Its text has none of your words that count for such a partner.',
  'not-named': () => 'No other company on your list is known to name it.',
  'useful-area': ({ area, to, because, phrase }) => {
    const goes = because === '' ? 'as you do' : `which goes with your ${known(AREA_WORDS, to)} (it ${because})`;
    return `Works in ${known(AREA_WORDS, area)}, ${goes}: ${phraseWords(phrase)}.`;
  },
  useful: ({ phrase }) => `Goes with your offer: ${phraseWords(phrase)}.`,
  'known-area': ({ area, to, phrase }) =>
    `Knows ${known(AREA_WORDS, area)}, ${area === to ? 'your field' : `which goes with your ${known(AREA_WORDS, to)}`}: ${phraseWords(phrase)}.`,
  'own-area': ({ area, phrase }) =>
    `Works in ${area === null ? 'your field' : known(AREA_WORDS, area)}, the field you stand for: ${phraseWords(phrase)}.`,
  service: ({ phrase, topic }) =>
    `Offers such services: ${phraseWords(phrase)}${topic ? `; and knows your field: ${phraseWords(topic)}` : ''}.`,
  named: ({ by, near }) => {
    const others = by === 1 ? 'one other company on your list' : `${by} other companies on your list`;
    const like = near === by ? 'near you in field or words' : `${near} of them near you in field or words`;
    return `Is named by ${others}${near > 0 ? `, ${like}` : ''}.`;
  },
  'own-words': ({ words }) => `Uses your words: ${words.map((word) => `“${word}”`).join(', ')}.`,
  customers: ({ group, named, phrase }) =>
    `${named ? 'Speaks of' : 'Sells what is bought by'} ${known(SEGMENT_WORDS, group)}, as you do: ${phraseWords(phrase)}.`,
  size: ({ people, short }) =>
    `Has ${headCount(people)}, ${short === null ? 'enough for this role' : `where ${short} would be ideal for this role`}.`,
  reach: ({ phrase, listed }) => sentences(phrase && `Claims reach: ${phraseWords(phrase)}`, listed && 'Is a listed company'),
  place: ({ shared, name, locations }) => `${PLACE_WORDS[shared](name)}: ${locations.join('; ')}.`,
  maturity: ({ phrase, founded }) =>
    sentences(phrase && `Speaks of partners: ${phraseWords(phrase)}`, founded !== null && `Founded in ${founded}`),
  'like-example': ({ example, how, since, phrase }) =>
    `Is like ${example}, ${EXAMPLE_WORDS[how]}${since ? ` ${how === 'partner' ? 'since' : 'in'} ${monthOf(since)}` : ''}: ${phraseWords(phrase)}.`,
  'as-written': ({ sentence }) => sentence,
};

const EXAMPLE_WORDS = { partner: 'your partner', pursued: 'which you went for' } as const;

function monthOf(date: Date): string {
  return date.toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
}

const PLACE_WORDS: Record<Found<'place'>['shared'], (name: string) => string> = {
  country: (name) => `Is in a country you name (${name})`,
  region: (name) => `Is in your region (${name})`,
  language: (name) => `Works in your language (${name})`,
  everywhere: () => 'Works remotely or worldwide',
  elsewhere: () => 'Is in none of your regions',
};

/** What a criterion found, in a sentence, with the month of evidence that is stale: `Has 40 people (as of March 2025).` Not escaped. */
export function reasonWords({ finding, asOf }: Pick<Reason, 'finding' | 'asOf'>): string {
  // The table has for each code a function of that code's finding; a lookup by the union forgets the pairing.
  const sentence = (SENTENCES[finding.code] as (finding: Finding) => string)(finding);
  if (!asOf) return sentence;
  return `${sentence.replace(/\.$/, '')} (as of ${monthOf(asOf)}).`;
}

/** `“hospitals” in its description`; not escaped. */
export function phraseWords({ field, words }: Phrase): string {
  return words === null ? FACT_WORDS[field] : `“${words}” in ${FACT_WORDS[field]}`;
}

function headCount(people: number | null): string {
  if (people === null) return `a size that fits ${FACT_WORDS.sizeBand}`;
  return people === 1 ? 'one person' : `${people.toLocaleString('en-GB')} people`;
}

function sentences(...said: (string | false | null)[]): string {
  return `${said.filter(Boolean).join('. ')}.`;
}

/** An id that the vocabulary has no more stands for itself. */
function known(words: Readonly<Record<string, string>>, id: string): string {
  return words[id] ?? id;
}

/** Why a company is left out of every list, in a sentence; not escaped. */
export function gateWords({ gate, entry }: Gate): string {
  return GATE_WORDS[gate](entry);
}

/** Why a company is not suggested by itself, in a sentence; not escaped. */
export function holdWords(hold: Hold): string {
  if (hold.hold === 'reader') return `The second reader: ${objectionWords(hold)}, ${phraseWords(hold.phrase)}.`;
  if (hold.hold === 'rival') return `Looks like a competitor${hold.phrase ? `: ${phraseWords(hold.phrase)}` : ''}.`;
  return HOLD_WORDS[hold.hold];
}

function objectionWords({ verdict, other }: Objection): string {
  if (verdict === 'other-type' && other) return `rather a ${TYPE_WORDS[other].toLowerCase()}`;
  return { competitor: 'a competitor', 'wrong-role': 'wrong role', 'other-type': 'another type', 'too-large': 'too large' }[verdict];
}

const HOLD_WORDS: Record<Exclude<HoldCode, 'rival' | 'reader'>, string> = {
  noRole: 'Nothing in its text says that it is such a partner.',
  inactive: 'Is no longer active, or was bought by another company. If that is wrong, import it again with its status.',
  tooLarge: 'Is too large for a first mail to reach anybody who decides.',
  elsewhere: 'Works elsewhere, and such partners work on the spot.',
  weak: 'Fits too weakly, or too little on file ties it to your field and customers.',
};

/** All that holds a company back, in a few words. */
export function heldWords(holds: readonly Hold[]): string {
  return `held back: ${holds.map(({ hold }) => SHORT_HOLDS[hold]).join(', ')}`;
}

const SHORT_HOLDS: Record<HoldCode, string> = {
  rival: 'looks like a competitor',
  noRole: 'nothing says that it is such a partner',
  inactive: 'closed or bought by another company',
  tooLarge: 'too large for a first mail',
  elsewhere: 'works elsewhere',
  reader: 'by its own words no such partner',
  weak: 'fits weakly',
};

const GATE_WORDS: Record<Gate['gate'], (entry: string) => string> = {
  'own-company': () => 'This is your own company.',
  'kept-out': () => 'Your team keeps it out as a competitor.',
  competitor: (entry) => `Is on your list of competitors: ${entry}.`,
  customer: (entry) => `Is on your list of customers to leave out: ${entry}.`,
  existing: (entry) => `Is your partner already, or your own company: ${entry}.`,
  suppressed: () => 'Asked for silence, or somebody asked it for them: see `/partners optout`.',
};
