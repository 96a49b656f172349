import type { KnownBlock } from '@slack/types';
import { CRITERION_IDS, type Weights } from '../../src/discover/fit/criteria.ts';
import { LIKE_MOST } from '../../src/discover/fit/like-examples.ts';
import type { ExplainedWeights } from '../../src/discover/learning/explain-weights.ts';
import { ENOUGH } from '../../src/discover/learning/fit-weights.ts';
import type { WeightsVersion } from '../../src/discover/learning/type-weights.ts';
import { actions, button, input, type Modal, modal, text } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, divider, moment, person, section } from '../mrkdwn.ts';
import { count, TYPE_WORDS } from '../words.ts';
import { CRITERION_WORDS } from './vocabulary.ts';

const TITLE = 'Weights';
const ABOUT = `How much each criterion counts, of 100, for each type of partner you want. Being like your good examples adds up to ${LIKE_MOST} points to the score; that is no weight and is not learned.`;
const METHOD = [
  'How it learns: what you draft is held against what you mark as not a fit, type by type. Criteria on which the drafted ones are stronger count more, step by step, until they score above the others. All criteria are weighed together, so one average alone does not tell which way a weight goes.',
  `It begins at ${ENOUGH.all} decisions with at least ${ENOUGH.ofEach} of each kind, and moves nothing until the new weights explain them far better than the start. No weight falls below half or rises above twice its start.`,
  'A competitor, one you know already, or one that wants no contact teaches nothing; “too small” teaches only about size, “wrong market” only about customers and geography. *Reconsider* takes a lesson back.',
];

/** Every wanted type, how far its weights are from their start, and the way to each. */
export function weightsOverview(types: ExplainedWeights[]): Modal {
  const rows = types.map(
    (weights): KnownBlock => ({
      ...section(
        `*${TYPE_WORDS[weights.type]}* · ${stateWords(weights)}\n${movesWords(weights.start, weights.current) || 'As at the start.'}`,
      ),
      accessory: button(ACTIONS.weightsOpen, 'Open', weights.type, { accessibility_label: `Weights of ${TYPE_WORDS[weights.type]}` }),
    }),
  );
  return modal(TITLE, [section(ABOUT), ...rows, context(...METHOD)]);
}

/** One type in full. `mayChange` adds what an admin can do. */
export function weightsPage(weights: ExplainedWeights, mayChange: boolean): Modal {
  const { type, version, versions, isOwnStart } = weights;
  const head = `*${TYPE_WORDS[type]}* · ${stateWords(weights)}\nStart: ${isOwnStart ? 'set by an admin' : 'the default'}.`;
  const blocks: KnownBlock[] = [
    section(head),
    ...(mayChange ? [changeButtons(weights)] : []),
    section(CRITERION_IDS.map((id) => criterionLine(weights, id)).join('\n')),
    ...(mayChange ? [divider, ...weightInputs(weights)] : [context('An admin can set, freeze or reset these.')]),
    divider,
    section(versions.length > 0 ? `*What changed them*\n${versions.map(versionLine).join('\n')}` : '*Nothing has changed them yet.*'),
    context(...METHOD),
  ];
  if (!mayChange) return modal(TITLE, blocks);
  return modal(TITLE, blocks, { id: VIEWS.weights, submit: 'Set', close: 'Close', metadata: JSON.stringify({ type, version }) });
}

function stateWords({ frozen, isLearned, drafted, turnedDown }: ExplainedWeights): string {
  const decisions = `${count(drafted + turnedDown, 'decision')} (${drafted} drafted, ${turnedDown} not a fit)`;
  if (frozen) return `:snowflake: frozen · ${decisions} since the start`;
  if (isLearned) return `learned from ${decisions}`;
  const missing = Math.max(ENOUGH.all - drafted - turnedDown, ENOUGH.ofEach - drafted, ENOUGH.ofEach - turnedDown);
  return missing > 0 ? `${decisions} so far; learning begins after ${missing} more` : `${decisions} show no clear taste so far`;
}

function criterionLine({ start, current, averages }: ExplainedWeights, id: keyof Weights): string {
  const { drafted, turnedDown } = averages[id];
  const share = (value: number | null) => (value === null ? 'unknown' : `${Math.round(100 * value)} %`);
  const seen = drafted === null && turnedDown === null ? '' : ` · drafted had ${share(drafted)} of it, turned down ${share(turnedDown)}`;
  return `${CRITERION_WORDS[id]}: *${current[id]}* ${moveWords(start[id], current[id])}${seen}`;
}

function moveWords(from: number, to: number): string {
  return from === to ? '(as at the start)' : `(start ${from}, ${signed(to - from)})`;
}

/** The largest moves first. */
function movesWords(from: Readonly<Record<string, number>>, to: Readonly<Record<string, number>>): string {
  return CRITERION_IDS.flatMap((id) => {
    const [before, after] = [from[id], to[id]];
    return before === undefined || after === undefined || before === after ? [] : [{ id, before, after }];
  })
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .map(({ id, before, after }) => `${CRITERION_WORDS[id]} ${before} → ${after}`)
    .join(', ');
}

function versionLine({ version, at, by, why, from, to, decisions }: WeightsVersion): string {
  const learned = decisions ? `learned from ${count(decisions.drafted + decisions.turnedDown, 'decision')}` : 'learned';
  const what = { learn: learned, set: 'set', reset: 'reset to the defaults', freeze: 'frozen', unfreeze: 'learning again' }[why];
  const moves = movesWords(from, to);
  return `• ${version}: ${what}, ${person(by)}, ${moment(at)}${moves ? `: ${moves}` : ''}`;
}

function signed(difference: number): string {
  return difference > 0 ? `+${difference}` : `−${-difference}`;
}

function changeButtons({ type, frozen, version }: ExplainedWeights): KnownBlock {
  const name = TYPE_WORDS[type];
  const freeze = frozen
    ? button(ACTIONS.weightsUnfreeze, 'Learn Again', type, { accessibility_label: `Learn again for ${name}` })
    : button(ACTIONS.weightsFreeze, 'Freeze', type, { accessibility_label: `Freeze the weights of ${name}` });
  const reset = button(ACTIONS.weightsReset, 'Reset', type, {
    accessibility_label: `Reset the weights of ${name}`,
    confirm: {
      title: text('Back to the defaults?'),
      text: text('The default weights hold again, and decisions taken until now no longer teach. It is recorded.', 300),
      confirm: text('Reset'),
      deny: text('Leave Them'),
    },
  });
  return actions(`weights:${type}:${version}`, freeze, reset);
}

/** Slack keeps what was typed where a view is replaced and both ids stay the same: each version's inputs have an action of their own. */
function weightInputs({ type, version, current }: ExplainedWeights): KnownBlock[] {
  return CRITERION_IDS.map((id) => {
    const number = { type: 'number_input', is_decimal_allowed: false, initial_value: String(current[id]) } as const;
    const block = input(id, CRITERION_WORDS[id], number);
    return { ...block, element: { ...block.element, action_id: `${type}:${version}` } };
  });
}
