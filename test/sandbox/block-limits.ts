import {
  also,
  anything,
  byType,
  type Check,
  type Fields,
  flag,
  list,
  object,
  oneOf,
  type Problem,
  problem,
  string,
  whole,
} from './checks.ts';
import { elementIn } from './element-limits.ts';
import { type Json, jsonOf, listOf } from './json.ts';
import { id, mrkdwn, plain, text, url } from './text-limits.ts';

export type Surface = 'message' | 'modal' | 'home';

const block = (required: Fields, optional: Fields = {}): Check => object({ type: anything, ...required }, { block_id: id, ...optional });

const richPart = byType({
  rich_text_section: object({ type: anything, elements: list(anything, { min: 0, max: 10_000 }) }),
  rich_text_list: object(
    { type: anything, elements: list(anything, { max: 10_000 }), style: oneOf('bullet', 'ordered') },
    { indent: whole(0, 8), offset: whole(0, 10_000), border: oneOf(0, 1) },
  ),
  rich_text_quote: object({ type: anything, elements: list(anything, { min: 0, max: 10_000 }) }, { border: oneOf(0, 1) }),
  rich_text_preformatted: object(
    { type: anything, elements: list(anything, { min: 0, max: 10_000 }) },
    { border: oneOf(0, 1), language: string({ max: 100 }) },
  ),
});

const richText = block({ elements: list(richPart, { max: 10_000 }) });
const cellKinds = {
  raw_text: object({ type: anything, text: string({ max: 10_000 }) }),
  raw_number: object({ type: anything, value: anything, text: string({ max: 10_000 }) }),
  rich_text: richText,
};
const cells = list(byType(cellKinds), { max: 20 });
const picture = elementIn('picture');
const card = block(
  {},
  {
    hero_image: picture,
    icon: picture,
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    actions: list(elementIn('card'), { max: 3 }),
  },
);
const status = oneOf('pending', 'in_progress', 'complete', 'error');
const taskCard = block(
  { task_id: id, title: string({ max: 3000 }), status },
  { details: richText, output: richText, sources: list(object({ type: oneOf('url'), url, text: string({ max: 3000 }) }), { max: 100 }) },
);

function textOrFields(value: Json, at: string): Problem[] {
  return value.text === undefined && value.fields === undefined ? problem(at, 'missing required field: text or fields') : [];
}

function oneImage(value: Json, at: string): Problem[] {
  return (value.image_url === undefined) === (value.slack_file === undefined)
    ? problem(at, 'must define one of image_url, slack_file')
    : [];
}

/** Text in all cells of a table together. */
function cellText(most: number): (value: Json, at: string) => Problem[] {
  return (value, at) =>
    textLength(value.rows) > most ? problem(`${at}/rows`, `must have less than ${most + 1} characters in all cells`) : [];
}

/** Length of every `text` in there, however deep. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textLength(item), 0);
  return Object.entries(jsonOf(value)).reduce((sum, [name, inner]) => {
    return sum + (typeof inner === 'string' ? (name === 'text' ? inner.length : 0) : textLength(inner));
  }, 0);
}

/** The chart block is not in the published types; its title and the length of its lists are all that is sure. */
function shortLists(value: Json, at: string): Problem[] {
  const long = (inner: unknown): boolean =>
    Array.isArray(inner) ? inner.length > 20 || inner.some(long) : Object.values(jsonOf(inner)).some(long);
  return long(value) ? problem(at, 'no more than 20 items allowed') : [];
}

const LEVELS = ['default', 'info', 'warning', 'error', 'success'];
const ALL: Surface[] = ['message', 'modal', 'home'];
const SEEN: Surface[] = ['message', 'home'];

/** Every block: where it may stand and what it must look like. */
const BLOCKS: Record<string, { on: Surface[]; check: Check }> = {
  section: {
    on: ALL,
    check: also(
      block({}, { text: text(3000), fields: list(text(2000), { max: 10 }), accessory: elementIn('section'), expand: flag }),
      textOrFields,
    ),
  },
  header: { on: ALL, check: block({ text: plain(150) }) },
  divider: { on: ALL, check: block({}) },
  context: { on: ALL, check: block({ elements: list(elementIn('context'), { max: 10 }) }) },
  actions: { on: ALL, check: block({ elements: list(elementIn('actions'), { max: 25 }) }) },
  image: {
    on: ALL,
    check: also(block({ alt_text: string({ max: 2000 }) }, { image_url: url, slack_file: anything, title: plain(2000) }), oneImage),
  },
  input: {
    on: ['modal', 'home'],
    check: block({ label: plain(2000), element: elementIn('input') }, { hint: plain(2000), optional: flag, dispatch_action: flag }),
  },
  rich_text: { on: ALL, check: richText },
  video: {
    on: ALL,
    check: block(
      { video_url: url, thumbnail_url: url, alt_text: string({ max: 2000 }), title: plain(199) },
      {
        title_url: url,
        author_name: string({ max: 49 }),
        provider_name: string({ max: 100 }),
        provider_icon_url: url,
        description: plain(199),
      },
    ),
  },
  card: { on: ALL, check: card },
  carousel: { on: SEEN, check: block({ elements: list(byType({ card }), { max: 10 }) }) },
  container: {
    on: SEEN,
    check: block(
      { child_blocks: list((value, at) => byType(kindsOn('message'), (type) => INSIDE.has(type))(value, at), { max: 10 }) },
      {
        title: plain(150),
        rich_text_title: richText,
        subtitle: text(150),
        width: oneOf('narrow', 'standard', 'wide', 'full'),
        icon: picture,
        is_collapsible: flag,
        default_collapsed: flag,
        has_header_divider: flag,
      },
    ),
  },
  table: {
    on: SEEN,
    check: also(block({ rows: list(cells, { max: 100 }) }, { column_settings: list(anything, { max: 20 }) }), cellText(10_000)),
  },
  // Documents disagree on 100 or 200 rows under the header; the smaller figure holds in both.
  data_table: {
    on: SEEN,
    check: also(
      block(
        { rows: list(cells, { max: 101 }), caption: string({ max: 3000 }) },
        { page_size: whole(1, 100), row_header_column_index: whole(0, 19) },
      ),
      cellText(20_000),
    ),
  },
  data_visualization: {
    on: SEEN,
    check: (value, at) => [...string({ max: 50 })(jsonOf(value).title, `${at}/title`), ...shortLists(jsonOf(value), at)],
  },
  alert: { on: ['modal'], check: block({ text: text(200) }, { level: oneOf(...LEVELS) }) },
  markdown: { on: ['message'], check: block({ text: string({ max: 12_000 }) }) },
  context_actions: { on: ['message'], check: block({ elements: list(elementIn('context_actions'), { max: 5 }) }) },
  task_card: { on: ['message'], check: taskCard },
  plan: { on: ['message'], check: block({ title: string({ max: 3000 }) }, { tasks: list(anything, { max: 50 }) }) },
};

const INSIDE = new Set(['actions', 'context', 'divider', 'file', 'header', 'image', 'input', 'rich_text', 'section', 'table', 'video']);

function kindsOn(surface: Surface): Record<string, Check> {
  return Object.fromEntries(Object.entries(BLOCKS).flatMap(([type, { on, check }]) => (on.includes(surface) ? [[type, check]] : [])));
}

const MOST_BLOCKS = { message: 50, modal: 100, home: 100 };

export function blocksOn(surface: Surface): Check {
  return list(byType(kindsOn(surface)), { min: 0, max: MOST_BLOCKS[surface] });
}

/** How often a kind of block may stand in one message or Home tab. */
export const MOST_OF_KIND: Record<string, number> = { table: 1, data_visualization: 2 };

export function countOf(blocks: unknown, type: string): number {
  return listOf(blocks).filter((one) => one.type === type).length;
}
