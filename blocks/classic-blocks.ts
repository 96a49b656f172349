import type {
  Button,
  CardBlock,
  ContainerBlock,
  DataTableBlock,
  KnownBlock,
  PlanBlock,
  RichTextBlock,
  RichTextElement,
  TaskCardBlock,
} from '@slack/types';
import { context, escaped, jsonLength, LIMIT, link, MOST_JSON, plain, section, verbatim } from './mrkdwn.ts';
import { unmarked } from './panels.ts';

const MOST_BLOCKS = 50;
const CHART = 'data_visualization';
const NEWER = new Set<string>(['card', 'container', 'data_table', 'data_visualization', 'markdown', 'plan']);

/** In place of a chart; what it says stands in the table beside it. */
const NO_CHART = 'Slack shows no chart here. *Picture* on `/partners revenue` sends it as an image.';

/** Whether a message has a block that some workspaces refuse. */
export function hasNewerBlocks(blocks: readonly KnownBlock[]): boolean {
  return blocks.some(({ type }) => NEWER.has(type));
}

/** The same content as sections, for modals and for workspaces that refuse the newer blocks; all buttons stay, and so do their ids. Where the content
 *  of containers does not fit into one message, that is said in its place. */
export function classicBlocks(blocks: readonly KnownBlock[], most = MOST_JSON): KnownBlock[] {
  const whole = blocks.flatMap((block) => classic(block, opened));
  const fits = whole.length <= MOST_BLOCKS && jsonLength(whole) <= most;
  return fits || most === Number.POSITIVE_INFINITY ? whole : blocks.flatMap((block) => classic(block, shut));
}

/** The first of several ways to say the same, ever shorter, that one message takes, both as it is and as sections; the last where none does. */
export function firstThatFits(ways: Iterable<KnownBlock[]>): KnownBlock[] {
  let last: KnownBlock[] = [];
  for (const blocks of ways) {
    if ([blocks, classicBlocks(blocks)].every(fitsOneMessage)) return blocks;
    last = blocks;
  }
  return last;
}

function fitsOneMessage(blocks: readonly KnownBlock[]): boolean {
  return blocks.length <= MOST_BLOCKS && jsonLength(blocks) <= MOST_JSON;
}

function classic(block: KnownBlock, ofContainer: (container: ContainerBlock) => KnownBlock[]): KnownBlock[] {
  // Its type is none of Slack's own yet.
  if (block.type === (CHART as string)) return [context(NO_CHART)];
  switch (block.type) {
    case 'card':
      return ofCard(block);
    case 'container':
      return ofContainer(block);
    case 'data_table':
      return ofTable(block);
    case 'markdown':
      return verbatim(unmarked(block));
    case 'plan':
      return ofPlan(block);
    default:
      return [block];
  }
}

function ofCard({ block_id, title, subtitle, body, actions }: CardBlock): KnownBlock[] {
  const words = [title, subtitle, body].flatMap((part) => part?.text ?? []).join('\n');
  const id = block_id ? { block_id } : {};
  return [section(words), ...(actions && actions.length > 0 ? [{ type: 'actions' as const, ...id, elements: actions }] : [])];
}

function opened({ title, child_blocks: [first, ...rest] }: ContainerBlock): KnownBlock[] {
  const head = titleOf(title);
  if (first?.type !== 'section' || first.text?.type !== 'mrkdwn') return [context(head), ...(first ? [first] : []), ...rest];
  const text = `${head}\n${first.text.text}`;
  return text.length > LIMIT.section ? [context(head), first, ...rest] : [{ ...first, text: { ...first.text, text } }, ...rest];
}

function shut({ title, child_blocks }: ContainerBlock): KnownBlock[] {
  const buttons = child_blocks.flatMap((child): Button[] => {
    const held = child.type === 'actions' ? child.elements : child.type === 'section' && child.accessory ? [child.accessory] : [];
    return held.flatMap((element) => (element.type === 'button' ? [element] : []));
  });
  const said = `${titleOf(title)}: left out here, because it does not fit into one message.`;
  const [only, ...others] = buttons;
  if (only && others.length === 0) return [{ ...section(said), accessory: only }];
  return [context(said), ...(only ? [{ type: 'actions' as const, elements: buttons }] : [])];
}

function titleOf(title: ContainerBlock['title']): string {
  return `*${plain(title?.text ?? 'More')}*`;
}

/** A line for each row, over as many sections as it needs. */
function ofTable({ caption, rows: [head = [], ...rows] }: DataTableBlock): KnownBlock[] {
  const lines = rows.map((cells) => `• ${cells.map(cellWords).join(' · ')}`);
  return inSections([`*${plain(caption)}*`, `_${head.map(cellWords).join(' · ')}_`, ...lines]);
}

function cellWords(cell: DataTableBlock['rows'][number][number]): string {
  return cell.type === 'rich_text' ? richWords(cell) : plain(cell.text);
}

function ofPlan({ title, tasks = [] }: PlanBlock): KnownBlock[] {
  return inSections([`*${plain(title)}*`, ...tasks.flatMap((task) => (isTask(task) ? taskLine(task) : []))]);
}

const STATUS_MARKS: Record<TaskCardBlock['status'], string> = {
  pending: ':white_circle:',
  in_progress: ':hourglass_flowing_sand:',
  complete: ':white_check_mark:',
  error: ':warning:',
};

function taskLine({ status, title, details }: TaskCardBlock): string {
  const said = details ? ` · ${richWords(details)}` : '';
  return `${STATUS_MARKS[status]} ${plain(title)}${said}`;
}

function isTask(task: TaskCardBlock | Record<string, unknown>): task is TaskCardBlock {
  return task.type === 'task_card';
}

/** Of what `panels.ts` makes: text, links, people and channels in one line. */
function richWords({ elements }: RichTextBlock): string {
  return elements.flatMap((part) => (part.type === 'rich_text_section' ? part.elements.map(richWord) : [])).join('');
}

function richWord(part: RichTextElement): string {
  switch (part.type) {
    case 'link':
      return link(part.url, part.text ?? part.url);
    case 'text':
      return escaped(part.text);
    case 'user':
      return `<@${part.user_id}>`;
    case 'channel':
      return `<#${part.channel_id}>`;
    default:
      return '';
  }
}

function inSections(lines: string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const longer = texts.length > 0 ? `${texts.at(-1)}\n${line}` : line;
    if (texts.length > 0 && longer.length <= LIMIT.section) texts[texts.length - 1] = longer;
    else texts.push(line);
  }
  return texts.map(section);
}
