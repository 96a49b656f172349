import type { KnownBlock } from '@slack/types';
import type { Push, PushedField } from '../../src/manage/crm/crm-push.ts';
import type { CrmObject } from '../../src/manage/crm/crm-record.ts';
import type { CrmSync, SYNC_PROBLEMS, Totals } from '../../src/manage/crm/crm-sync.ts';
import type { Applied, MirrorChange } from '../../src/manage/crm/mirror-change.ts';
import type { CrmFile, FileObject } from '../../src/manage/crm/read-crm-file.ts';
import { moneyWords } from '../../src/platform/money.ts';
import { context, escaped, escapedTo, section } from '../mrkdwn.ts';
import { count } from '../words.ts';

type Message = { text: string; blocks: KnownBlock[] };

export const OBJECT_WORDS: Record<CrmObject, (n: number) => string> = {
  owners: (n) => count(n, 'owner'),
  accounts: (n) => count(n, 'account'),
  opportunities: (n) => count(n, 'opportunity', 'opportunities'),
};
export const SOURCE_WORDS = { csv: 'a file', hubspot: 'HubSpot', salesforce: 'Salesforce' } as const;

/** With the next step. */
export const PROBLEM_WORDS: Record<(typeof SYNC_PROBLEMS)[number], string> = {
  busy: 'The CRM asked me to wait. I go on by myself.',
  down: 'The CRM does not answer. I try again by myself.',
  refused: 'The CRM refuses me. Ask your operator to check its token and what that token may read: `doctor` says more.',
  fields: 'The CRM does not know a field that I ask for. Ask your operator to look at the README, under “CRM”.',
};

export function totalsWords({ read, added, changed, deleted, unread }: Totals): string {
  const parts = [`${added} new`, `${changed} changed`, `${deleted} gone`, ...(unread > 0 ? [`${unread} could not be read`] : [])];
  return `${read} read: ${parts.join(', ')}`;
}

/** How a run goes; `isOver`: for the last time. */
export function crmSyncMessage(sync: CrmSync, isOver: boolean): Message {
  const name = SOURCE_WORDS[sync.source];
  const lines = (['owners', 'accounts', 'opportunities'] as const).map((object) => {
    const { round, totals } = sync[object];
    const waits = sync.pending.includes(object) && !round;
    const mark = waits ? ':white_circle:' : round ? ':hourglass_flowing_sand:' : ':white_check_mark:';
    return `${mark} ${object}${waits ? '' : `: ${totalsWords(round?.totals ?? totals)}`}`;
  });
  const title = !isOver ? `Reading ${name}` : sync.problem ? `${name} could not be read to the end` : `${name} is read`;
  const problem = sync.problem ? [section(`:warning: ${PROBLEM_WORDS[sync.problem.code]}`)] : [];
  return { text: title, blocks: [section(`*${title}*\n${lines.join('\n')}`), ...problem] };
}

const SHOWN = 60;

function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(String).join(', ');
  if (typeof value === 'object' && 'minor' in value && 'currency' in value)
    return moneyWords({ minor: Number(value.minor), currency: String(value.currency) });
  return String(value);
}

/** Worked out of the rest, and of no use to a reader. */
const HIDDEN = new Set(['keys']);

function rowWords({ kind, name, sourceId, fields }: MirrorChange): string {
  const whose = `*${escapedTo(name || sourceId, SHOWN)}*`;
  if (kind !== 'changed') return `${whose}: ${kind === 'added' ? 'new' : 'gone from the CRM'}`;
  const shown = fields.filter(({ field }) => !HIDDEN.has(field)).slice(0, 4);
  const words = shown.map((one) => `${one.field}: ${escapedTo(valueWords(one.old), SHOWN)} → ${escapedTo(valueWords(one.new), SHOWN)}`);
  return `${whose}: ${words.join('; ')}`;
}

/** Counts of each kind and the first rows, old → new. */
export function changesWords(rows: readonly MirrorChange[], of: number): KnownBlock[] {
  const parts: string[] = [];
  for (let from = 0; from < rows.length; from += 5)
    parts.push(
      rows
        .slice(from, from + 5)
        .map((row) => `• ${rowWords(row)}`)
        .join('\n'),
    );
  const more = of - rows.length;
  return [...parts.map(section), ...(more > 0 ? [context(`and ${count(more, 'more change')}`)] : [])];
}

export function dryRunMessage({ found, isWhole }: { found: Record<CrmObject, Applied>; isWhole: boolean }): Message {
  const all = Object.entries(found).map(([object, applied]) => ({
    object,
    ...applied,
    total: applied.added + applied.changed + applied.deleted,
  }));
  const total = all.reduce((sum, one) => sum + one.total, 0);
  const title = total === 0 ? 'Dry run: nothing would change' : `Dry run: ${count(total, 'record')} would change. Nothing is stored.`;
  const lines = all.map(
    ({ object, added, changed, deleted, same }) => `• ${object}: ${added} new, ${changed} changed, ${deleted} gone, ${same} the same`,
  );
  const part = isWhole ? [] : [context('There is more in the CRM than a dry run reads.')];
  const rows = all.flatMap((one) => one.rows).slice(0, 20);
  return { text: title, blocks: [section(`*${title}*\n${lines.join('\n')}`), ...changesWords(rows, total), ...part] };
}

/** What a file says, or has said: read, changed and left out. */
export function fileWords(object: FileObject, file: CrmFile<FileObject>, { added, changed, same }: Applied): string[] {
  const lines = file.firstUnread.slice(0, 10).join(', ');
  return [
    `${OBJECT_WORDS[object](file.records.length)} read: ${added} new, ${changed} changed, ${same} the same. What is not in the file stays as it is.`,
    ...(file.unread > 0
      ? [
          `:warning: ${count(file.unread, 'row')} left out, without an id or a customer: line ${lines}${file.unread > 10 ? ' and more' : ''}.`,
        ]
      : []),
    ...(file.withoutValue > 0
      ? [
          `:warning: ${count(file.withoutValue, 'sum')} without a currency that I know. Call the column \`amount_eur\`, or add a column \`currency\`.`,
        ]
      : []),
  ];
}

export function crmFileMessage(name: string, object: FileObject, file: CrmFile<FileObject>, applied: Applied): Message {
  const text = `${OBJECT_WORDS[object](file.records.length)} from ${name}`;
  return {
    text: escaped(text),
    blocks: [section(`*${escapedTo(name, 200)}* is taken over.\n${fileWords(object, file, applied).join('\n')}`)],
  };
}

const FIELD_WORDS: Record<PushedField, string> = {
  name: 'its name',
  amount: 'the amount',
  currency: 'the currency',
  closeOn: 'the close date',
  partnerName: 'the partner',
  dealId: 'our deal’s id',
  protectedUntil: 'protected until',
};

/** Why a deal is not in the CRM as it is here, with the next step. */
export function pushWords({ problem, conflicts }: Pick<Push, 'problem' | 'conflicts'>): string {
  const held = conflicts.map(
    ({ field, ours, theirs }) => `${FIELD_WORDS[field]} is “${escapedTo(theirs, SHOWN)}” in the CRM and “${escapedTo(ours, SHOWN)}” here`,
  );
  const said = held.length > 0 ? [`Somebody changed it in the CRM, and I left that: ${held.join('; ')}.`] : [];
  if (problem?.code === 'gone') return ['It is gone from the CRM.', ...said].join(' ');
  const named = problem?.fields.map((field) => `\`${escapedTo(field, SHOWN)}\``).join(', ');
  const words = named
    ? `The CRM does not take it without or with these fields: ${named}. Let them be optional there, or make them; I try again with the next change.`
    : problem && 'The CRM refuses it. Ask your operator to check what its token may write.';
  return [...(words ? [words] : []), ...said].join(' ');
}

export const PUSH_TITLE = 'A deal and the CRM';

/** For whoever looks after the partner. */
export function pushMessage({ company }: { company: string }, push: Pick<Push, 'problem' | 'conflicts'>): Message {
  return {
    text: `${escapedTo(company, 100)} and the CRM`,
    blocks: [section(`:warning: *${escapedTo(company, 200)}*: ${pushWords(push)}`)],
  };
}
