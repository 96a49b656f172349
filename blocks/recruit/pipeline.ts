import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { type Company, type CompanyStage, STAGE_STATES, type StageState } from '../../src/programme/companies/company.ts';
import type { PartnerType } from '../../src/programme/setup/programme.ts';
import { detailsButton } from '../discover/company-card.ts';
import { actions, button, option, text } from '../elements.ts';
import { ACTIONS, type ActionId } from '../ids.ts';
import { context, escapedTo, plain, section, shorten, siteLink } from '../mrkdwn.ts';
import { STAGE_EMOJI, STAGE_WORDS, stageWords } from '../stage-words.ts';
import { count, TYPE_WORDS } from '../words.ts';
import { openDraftButton } from './draft-page.ts';

export const PIPELINE_PAGE = 10;

/** What is asked for; null for all of it. Written into the message with short names, because an option holds 150 characters. */
export type PipelineAsk = { state: StageState | null; type: PartnerType | null; by: string | null; from: number };
export const WHOLE_PIPELINE: PipelineAsk = { state: null, type: null, by: null, from: 0 };

export function askValue({ state, type, by, from }: PipelineAsk): string {
  return JSON.stringify({ s: state, t: type, b: by, f: from });
}

/** The row of the selects carries what is asked for: a choice of a person says no more than the person. */
export const SELECTS_ROW = 'pipeline:';

/** Companies at each stage, with the way to each. At most 14 blocks. */
export function pipelineOverview(counts: Map<StageState, number>, ask: PipelineAsk, types: PartnerType[]): KnownBlock[] {
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  if (total === 0 && !isNarrowed(ask))
    return [
      section(
        '*Pipeline* · no companies yet\nBring them as a file (CSV, Excel or JSON) or as pasted web domains; then each stands here with its stage.',
      ),
      actions('pipeline:empty', button(ACTIONS.importOpen, 'Import Companies', 'pipeline', { style: 'primary' })),
    ];
  return [
    section(`*Pipeline* · ${count(total, 'company', 'companies')}${narrowedWords(ask)}`),
    selects(ask, types),
    ...STAGE_STATES.filter((state) => state !== 'new' || !isNarrowed(ask)).map((state) => stateRow(state, counts.get(state) ?? 0, ask)),
    ...(isNarrowed(ask) ? [context('New companies have no owner and no type yet, so they are not counted here.')] : []),
  ];
}

function stateRow(state: StageState, n: number, ask: PipelineAsk): KnownBlock {
  const block = section(`${STAGE_EMOJI[state]} ${STAGE_WORDS[state]}: *${n.toLocaleString('en-GB')}*`);
  if (n === 0) return block;
  const more = { accessibility_label: `Show: ${STAGE_WORDS[state]}` };
  const show =
    state === 'new'
      ? button(ACTIONS.commandRun, 'Show, Best First', 'list', more)
      : button(ACTIONS.pipelineShow, 'Show', askValue({ ...ask, state, from: 0 }), more);
  return { ...block, accessory: show };
}

export type PipelineRow = Pick<Company, 'id' | 'name' | 'domain'> & { stage: CompanyStage; link: string | null };

/** The companies of one stage, ten at a time, the latest change first. At most 13 blocks. */
export function pipelinePage(
  rows: PipelineRow[],
  total: number,
  ask: PipelineAsk & { state: StageState },
  types: PartnerType[],
): KnownBlock[] {
  const { state, from } = ask;
  const shown =
    rows.length === 0
      ? 'nobody here'
      : `${from + 1}–${from + rows.length} of ${count(total, 'company', 'companies')}, the latest change first`;
  const turn = [
    ...(from > 0 ? [button(ACTIONS.pipelineBack, 'Previous', askValue({ ...ask, from: Math.max(0, from - PIPELINE_PAGE) }))] : []),
    ...(from + rows.length < total ? [button(ACTIONS.pipelineNext, 'Next', askValue({ ...ask, from: from + PIPELINE_PAGE }))] : []),
    button(ACTIONS.pipelineAll, 'All Stages', askValue({ ...ask, state: null, from: 0 })),
  ];
  return [
    section(`*${STAGE_EMOJI[state]} ${STAGE_WORDS[state]}* · ${shown}${narrowedWords(ask)}`),
    selects(ask, types),
    ...rows.map(companyRow),
    actions(`pipeline-turn:${from}`, ...turn),
  ];
}

function companyRow({ id, name, domain, stage, link }: PipelineRow): KnownBlock {
  const shown = link ? `<${link}|${plain(shorten(name, 100)).replaceAll('|', '¦')}>` : plain(shorten(name, 100));
  return { ...section(`*${shown}* · ${siteLink(domain)}\n${stageWords(stage)}`), accessory: rowButton(id, name, stage) };
}

function rowButton(companyId: string, name: string, { post }: CompanyStage): Button {
  const [kind, id = ''] = post.split(':');
  if (kind === 'draft') return openDraftButton({ id, companyName: name });
  if (kind === 'reply') return readReplyButton(id, name);
  return detailsButton({ id: companyId, name });
}

/** The whole mail, in a modal. */
export function readReplyButton(replyId: string, companyName: string): Button {
  return button(ACTIONS.replyShow, 'Read Reply', `${replyId}|0`, {
    accessibility_label: shorten(`Read the reply from ${companyName}`, 75),
  });
}

const ANY = 'any';

/** State, type and owner; a choice is shown at once. */
function selects(ask: PipelineAsk, types: PartnerType[]): ActionsBlock {
  const { state, type, by } = ask;
  const states = STAGE_STATES.filter((one) => one !== 'new').map((one) => [one, STAGE_WORDS[one]] as const);
  const kinds = types.map((one) => [one, TYPE_WORDS[one]] as const);
  return {
    type: 'actions',
    block_id: `${SELECTS_ROW}${askValue({ ...ask, from: 0 })}`,
    elements: [
      select(ACTIONS.pipelineState, 'Stage', [[ANY, 'All stages'], ...states], state ?? ANY, (chosen) => ({ ...ask, state: chosen })),
      ...(kinds.length > 0
        ? [select(ACTIONS.pipelineType, 'Type', [[ANY, 'All types'], ...kinds], type ?? ANY, (chosen) => ({ ...ask, type: chosen }))]
        : []),
      { type: 'users_select', action_id: ACTIONS.pipelineOwner, placeholder: text('Owner', 150), ...(by ? { initial_user: by } : {}) },
      ...(isNarrowed(ask) ? [button(ACTIONS.pipelineWide, 'Everything', askValue({ ...ask, type: null, by: null, from: 0 }))] : []),
    ],
  };
}

function select<Value extends string>(
  action: ActionId,
  label: string,
  choices: (readonly [Value | typeof ANY, string])[],
  chosen: string,
  askOf: (value: Value | null) => PipelineAsk,
): ActionsBlock['elements'][number] {
  const optionOf = (value: Value | typeof ANY, words: string) =>
    option(askValue({ ...askOf(value === ANY ? null : value), from: 0 }), words);
  const initial = choices.find(([value]) => value === chosen);
  return {
    type: 'static_select',
    action_id: action,
    placeholder: text(label, 150),
    options: choices.map(([value, words]) => optionOf(value, words)),
    ...(initial ? { initial_option: optionOf(...initial) } : {}),
  };
}

function isNarrowed({ type, by }: PipelineAsk): boolean {
  return type !== null || by !== null;
}

function narrowedWords({ type, by }: PipelineAsk): string {
  return `${type ? ` · ${escapedTo(TYPE_WORDS[type], 60)}` : ''}${by ? ` · started by <@${by}>` : ''}`;
}
