/** The newer blocks. Messages alone take all of them; a modal takes only the card, and where Slack refuses one, `classicBlocks` says the same.
 *  Source of every figure: docs.slack.dev, reference/block-kit/blocks. */
import type {
  Button,
  CardBlock,
  ContainerBlock,
  DataTableBlock,
  KnownBlock,
  MarkdownBlock,
  PlanBlock,
  RichTextElement,
  TaskCardBlock,
} from '@slack/types';
import { text } from './elements.ts';
import { LIMIT, mrkdwn, shorten } from './mrkdwn.ts';

export const CARD = { title: 150, subtitle: 150, body: 200, actions: 3 } as const;
const LONGEST_TITLE = 150;
/** Blocks in a container. */
export const MOST_INSIDE = 10;
/** Rows below the head: the older page says 100, the newer 200. */
const MOST_ROWS = 100;
const MOST_TASKS = 50;
const LONGEST_CELL = 300;

/** `title`, `subtitle` and `body` are mrkdwn; a `body` that is empty is left out. */
export function card(blockId: string, words: { title: string; subtitle: string; body: string }, actions: Button[]): CardBlock {
  const { title, subtitle, body } = words;
  return {
    type: 'card',
    block_id: shorten(blockId, 255),
    title: mrkdwn(title, CARD.title),
    subtitle: mrkdwn(subtitle, CARD.subtitle),
    ...(body ? { body: mrkdwn(body, CARD.body) } : {}),
    ...(actions.length > 0 ? { actions: actions.slice(0, CARD.actions) } : {}),
  };
}

/** Closed until somebody opens it. `title` is not mrkdwn. */
export function collapsed(title: string, children: ContainerBlock['child_blocks']): ContainerBlock {
  return {
    type: 'container',
    title: text(title, LONGEST_TITLE),
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: children.slice(0, MOST_INSIDE),
  };
}

export type Cell = DataTableBlock['rows'][number][number];

/** A cell that is sorted by its number. */
export function numberCell(value: number): Cell {
  return { type: 'raw_number', value, text: value.toLocaleString('en-GB') };
}

/** Neither mrkdwn nor escaped. Slack takes no empty cell. */
export function textCell(words: string): Cell {
  return { type: 'raw_text', text: shorten(words, LONGEST_CELL) || '–' };
}

/** A cell with a link; `url` is ours or a checked domain's. */
export function linkCell(url: string, words: string): Cell {
  return richCell({ type: 'link', url, text: shorten(words, LONGEST_CELL) });
}

/** A cell that names somebody in Slack. */
export function personCell(userId: string): Cell {
  return richCell({ type: 'user', user_id: userId });
}

/** A cell that leads to a channel. */
export function channelCell(channel: string): Cell {
  return richCell({ type: 'channel', channel_id: channel });
}

function richCell(element: RichTextElement): Cell {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [element] }] };
}

/** A table to read and to sort, all rows on one page. `caption` is what a screen reader says of it; `named`: the column that names a row. */
export function dataTable(caption: string, head: string[], rows: Cell[][], named: number): DataTableBlock {
  return {
    type: 'data_table',
    caption,
    page_size: Math.min(Math.max(rows.length, 1), MOST_ROWS),
    row_header_column_index: named,
    rows: [head.map(textCell), ...rows.slice(0, MOST_ROWS)],
  };
}

const MOST_SERIES = 6;
const MOST_POINTS = 20;
const LONGEST_LABEL = 20;
export type Chart = { title: string; categories: readonly string[]; series: readonly { name: string; values: readonly number[] }[] };

/** Bars, in a message alone. At most 20 groups of six; names that would look the same are numbered. The words of the message say what it shows as well:
 *  it may be left out where Slack refuses it. */
export function chart({ title, categories, series }: Chart): KnownBlock {
  const labels = distinct(categories.slice(0, MOST_POINTS));
  const names = distinct(series.slice(0, MOST_SERIES).map(({ name }) => name));
  const block = {
    type: 'data_visualization',
    title: shorten(title, 50),
    chart: {
      type: 'bar',
      series: names.map((name, place) => ({
        name,
        data: labels.map((label, at) => ({ label, value: series[place]?.values[at] ?? 0 })),
      })),
      axis_config: { categories: labels },
    },
  };
  // Slack's own types do not know this block yet.
  return block as unknown as KnownBlock;
}

function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let label = shorten(name, LONGEST_LABEL);
    for (let number = 2; taken.has(label); number++) label = `${shorten(name, LONGEST_LABEL - 4)} ${number}`;
    taken.add(label);
    return label;
  });
}

/** Text shown as it stands: every mark of Markdown in it is defused, and each line stays a line. */
export function markdown(words: string): MarkdownBlock {
  const defused = words.replace(MARKS, (mark, address?: string) => address ?? `\\${mark}`);
  return { type: 'markdown', text: defused.replaceAll('<', '<\u200b').replaceAll('\n', BREAK) };
}

/** A web address as a whole, which stays one that can be clicked; else what Markdown reads as a mark wherever it stands, and what begins a list,
 *  a rule or a heading at the start of a line. */
const MARKS = /(https?:\/\/[^\s<>|`[\]*\\]+)|[\\`*_[\]<>#|~&]|(?<=^[ \t]*)[-+=]|(?<=^[ \t]*\d{1,9})[.)]/gm;
/** Two spaces before the end of a line keep the next one apart. */
const BREAK = '  \n';

/** What `markdown` was given. */
export function unmarked({ text: shown }: MarkdownBlock): string {
  return shown
    .replaceAll(BREAK, '\n')
    .replaceAll('<\u200b', '<')
    .replace(/\\([\\`*_[\]<>#|~&\-+=.)])/g, '$1');
}

export type Task = { id: string; title: string; status: TaskCardBlock['status']; details?: string };

/** How far something has come, step by step. Titles and details are plain text. */
export function plan(title: string, tasks: Task[]): PlanBlock {
  return {
    type: 'plan',
    title: shorten(title, LIMIT.section),
    tasks: tasks.slice(0, MOST_TASKS).map(taskCard),
  };
}

function taskCard({ id, title, status, details }: Task): TaskCardBlock {
  const said = details ? [{ type: 'rich_text_section' as const, elements: [{ type: 'text' as const, text: details }] }] : [];
  return {
    type: 'task_card',
    task_id: id,
    // Plain text, as documented; nothing in it can be taken for a mention or a link all the same.
    title: shorten(title.replaceAll('<', '<\u200b'), LIMIT.section),
    status,
    ...(said.length > 0 ? { details: { type: 'rich_text', elements: said } } : {}),
  };
}
