import type { KnownBlock } from '@slack/types';
import type { AreaId } from '../../src/discover/fit/areas.ts';
import { MOST_AREAS, type OwnReading, offeredAreas, ownReading } from '../../src/discover/fit/fit-profile.ts';
import type { Programme } from '../../src/programme/setup/programme.ts';
import { button, input, type Modal, modal, option, text } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { section } from '../mrkdwn.ts';
import { AREA_GROUPS } from './area-groups.ts';
import { AREA_WORDS, RELATION_WORDS, SEGMENT_WORDS } from './vocabulary.ts';

export const READING_TITLE = 'What I understood';
/** Where the button stands: saving leads on to the next step of set-up, or just back. */
export type ReadingPlace = 'home' | 'setup';

/** What the company was understood to be, with the way to correct it; nothing until it has been described. */
export function readingBlocks(programme: Programme, place: ReadingPlace): KnownBlock[] {
  const reading = ownReading(programme);
  if (!reading) return [];
  return [{ ...section(readingWords(reading)), accessory: button(ACTIONS.readingOpen, 'Correct', place) }];
}

/** One line of mrkdwn, of our own words only. */
export function readingWords({ areas, relations, customers, noPlaces, corrected }: OwnReading): string {
  const buyers = customers.length === 0 ? '' : ` to ${listed(customers.map((id) => SEGMENT_WORDS[id]))}`;
  const sells =
    areas.length === 0
      ? ':warning: I could not tell the field you sell in, which harms the ranking most'
      : `*I understood:* you sell *${listed(areas.map((id) => AREA_WORDS[id]))}*${buyers}`;
  const wants = relations.map((relation) => RELATION_WORDS[relation]).join(', and ');
  const places = noPlaces ? ' :warning: I could not read where you sell as places, so no place counts.' : '';
  return `${sells}. I look for ${wants}.${places}${corrected ? ' _Corrected by an admin._' : ''}`;
}

/** Fields and relation as they hold now; what was read of the texts stands beside them. */
export function readingForm(reading: OwnReading, place: ReadingPlace): Modal {
  const { areas, asRead, corrected } = reading;
  const chosen = offeredAreas(areas).map(areaOption);
  const read = asRead.areas.length === 0 ? 'nothing' : listed(asRead.areas.map((id) => AREA_WORDS[id]));
  const relations = [
    option('as-read', `As read: ${RELATION_WORDS[asRead.relation]}`),
    option('complements', RELATION_WORDS.complements),
    option('adopters', RELATION_WORDS.adopters),
  ];
  const relation = relations.find(({ value }) => value === corrected?.relation) ?? relations[0];
  return modal(
    READING_TITLE,
    [
      section('A wrong reading here is what harms the ranking most. It follows at once when you correct it; your texts stay as they are.'),
      input(
        'areas',
        'What you sell',
        {
          type: 'multi_static_select',
          option_groups: AREA_GROUPS.map(({ name, areas: members }) => ({ label: text(name), options: members.map(areaOption) })),
          max_selected_items: MOST_AREAS,
          ...(chosen.length > 0 ? { initial_options: chosen } : {}),
        },
        { optional: true, hint: `Up to ${MOST_AREAS}. Leave it empty to go back to what I read in your texts: ${read}.` },
      ),
      input(
        'relation',
        'What makes a company a partner',
        { type: 'radio_buttons', options: relations, ...(relation ? { initial_option: relation } : {}) },
        { hint: 'Resellers, agencies, consultants, affiliates and referral partners are found by the work they do.' },
      ),
    ],
    { id: VIEWS.reading, submit: 'Save', metadata: JSON.stringify({ place }) },
  );
}

function areaOption(id: AreaId) {
  return option(id, AREA_WORDS[id]);
}

const MOST_LISTED = 5;

function listed(names: string[]): string {
  const more = names.length > MOST_LISTED ? ` and ${names.length - MOST_LISTED} more` : '';
  return `${names.slice(0, MOST_LISTED).join(', ')}${more}`;
}
