/** Slack's limits, as the Web API and `response_url` enforce them. */
import { allBlocks, elementsOf } from './block-ids.ts';
import { blocksOn, countOf, MOST_OF_KIND, type Surface, textLength } from './block-limits.ts';
import { anything, flag, object, oneOf, type Problem, problem, string } from './checks.ts';
import { isJson, type Json, listOf, parsed, textOf } from './json.ts';
import { plain } from './text-limits.ts';

export type SlackError = { error: string; messages: string[] };

/** Longest `text` per method. Slack cuts a longer post with a warning; refusing it keeps us from sending one. */
const LONGEST_TEXT: Record<string, number> = {
  'chat.postMessage': 40_000,
  'chat.postEphemeral': 40_000,
  'chat.scheduleMessage': 40_000,
  'chat.update': 4_000,
  response_url: 40_000,
};

/** All blocks of a message together: their JSON where a message is posted, the text in them where a command or a click is answered. Not documented,
 *  seen in use. Source: github.com/slackapi/bolt-js, issues 2509 and 2867. */
const LONGEST_BLOCKS = 13_200;
const LONGEST_MARKDOWN = 12_000;
const LARGEST_VIEW_BYTES = 250 * 1024;

/** Slack's error for a call's content, or null when it would be taken. `method` may also be `response_url`. */
export function slackErrors(method: string, args: Json): SlackError | null {
  if (Object.hasOwn(LONGEST_TEXT, method)) return messageErrors(method, args);
  if (method === 'views.publish') return viewErrors(args.view, ['home']);
  if (method === 'views.update') return viewErrors(args.view, ['modal', 'home']);
  if (method === 'views.open' || method === 'views.push') return viewErrors(args.view, ['modal']);
  return null;
}

function messageErrors(method: string, args: Json): SlackError | null {
  // Text that is not JSON stays what it is, to be refused below as no list.
  const blocks = args.blocks === '' ? undefined : (parsed(args.blocks) ?? args.blocks);
  const attachments = listOf(parsed(args.attachments));
  const text = textOf(args.text);
  if (text === '' && listOf(blocks).length === 0 && attachments.length === 0) return { error: 'no_text', messages: [] };
  if (text.length > (LONGEST_TEXT[method] ?? 0)) return { error: 'msg_too_long', messages: [] };
  const groups = [
    { given: blocks, at: '/blocks' },
    ...attachments.map(({ blocks }, n) => ({ given: blocks, at: `/attachments/${n}/blocks` })),
  ];
  for (const { given, at } of groups) {
    const wrong = given === undefined || given === null ? null : messageBlockErrors(method, given, at);
    if (wrong) return wrong;
  }
  return null;
}

function messageBlockErrors(method: string, blocks: unknown, at: string): SlackError | null {
  if (!Array.isArray(blocks)) return { error: 'invalid_blocks_format', messages: [] };
  const problems = surfaceProblems(blocks, 'message', at);
  if (problems.length > 0) return { error: 'invalid_blocks', messages: problems.map(asMessage) };
  const markdown = listOf(blocks).filter(({ type }) => type === 'markdown');
  const length = method === 'response_url' ? textLength(blocks) : JSON.stringify(blocks).length;
  if (textLength(markdown) > LONGEST_MARKDOWN || length > LONGEST_BLOCKS) return { error: 'msg_blocks_too_long', messages: [] };
  return null;
}

function viewErrors(given: unknown, kinds: ViewKind[]): SlackError | null {
  const view = parsed(given);
  if (!isJson(view)) return invalid(problem('/view', 'must provide an object'));
  if (Buffer.byteLength(JSON.stringify(view)) > LARGEST_VIEW_BYTES) return { error: 'view_too_large', messages: [] };
  const surface = kinds.find((kind) => kind === view.type);
  if (!surface) return invalid(problem('/view/type', `unsupported type: ${String(view.type)}`));
  const problems = [...VIEWS[surface](view, '/view'), ...surfaceProblems(view.blocks, surface, '/view/blocks')];
  if (surface === 'modal' && countOf(view.blocks, 'input') > 0 && !view.submit)
    problems.push(...problem('/view', 'missing required field: submit'));
  return problems.length > 0 ? invalid(problems) : null;
}

const invalid = (problems: Problem[]): SlackError => ({ error: 'invalid_arguments', messages: problems.map(asMessage) });

const common = {
  private_metadata: string({ min: 0, max: 3000 }),
  callback_id: string({ min: 0, max: 255 }),
  external_id: string({ min: 0, max: 255 }),
};
const modal = object(
  { type: oneOf('modal'), title: plain(24), blocks: anything },
  { ...common, submit: plain(24), close: plain(24), clear_on_close: flag, notify_on_close: flag },
);
const home = object({ type: oneOf('home'), blocks: anything }, common);
const VIEWS = { modal, home };

type ViewKind = keyof typeof VIEWS;

function surfaceProblems(blocks: unknown, surface: Surface, at: string): Problem[] {
  const tooMany = Object.entries(MOST_OF_KIND).filter(([type, most]) => countOf(blocks, type) > most);
  return [
    ...blocksOn(surface)(blocks, at),
    ...tooMany.flatMap(([type, most]) => problem(at, `no more than ${most} ${type} blocks allowed`)),
    ...repeatedIds(blocks, at),
    ...oneFocus(blocks, at),
  ];
}

/** `block_id` is unique in a message or view, `action_id` in its block. */
function repeatedIds(blocks: unknown, at: string): Problem[] {
  const all = allBlocks(blocks);
  const repeated = (name: string, ids: unknown[]) =>
    ids
      .filter((one, n) => one !== undefined && ids.indexOf(one) !== n)
      .flatMap((one) => problem(at, `${name} ${String(one)} already exists`));
  return [
    ...repeated(
      'block_id',
      all.map(({ block_id }) => block_id),
    ),
    ...all.flatMap((block) =>
      repeated(
        'action_id',
        elementsOf(block).map(({ action_id }) => action_id),
      ),
    ),
  ];
}

function oneFocus(blocks: unknown, at: string): Problem[] {
  const focused = allBlocks(blocks)
    .flatMap(elementsOf)
    .filter(({ focus_on_load }) => focus_on_load === true);
  return focused.length > 1 ? problem(at, 'only one element can have focus_on_load') : [];
}

const asMessage = ({ at, message }: Problem): string => `[ERROR] ${message} [json-pointer:${at}]`;
