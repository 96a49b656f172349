import type { KnownBlock } from '@slack/types';
import type { Push } from '../../src/manage/crm/crm-push.ts';
import type { CrmObject, CrmOwner, CrmSource } from '../../src/manage/crm/crm-record.ts';
import type { CrmSync } from '../../src/manage/crm/crm-sync.ts';
import type { Applied } from '../../src/manage/crm/mirror-change.ts';
import type { CrmFile, FileObject } from '../../src/manage/crm/read-crm-file.ts';
import { actions, button, input, type Modal, modal, option } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, escapedTo, moment, section, shorten } from '../mrkdwn.ts';
import { LIST_TYPES } from '../programme/import-forms.ts';
import { count } from '../words.ts';
import { changesWords, fileWords, OBJECT_WORDS, PROBLEM_WORDS, pushWords, SOURCE_WORDS, totalsWords } from './crm-messages.ts';
import { ownerRow } from './crm-owners.ts';

export const CRM_TITLE = 'CRM';

/** `connected`: the CRM that the environment names and this workspace may read; null for none. */
export type CrmStanding = {
  connected: CrmSource | null;
  sources: { source: CrmSource; sync: CrmSync | null; counts: Record<CrmObject, number> }[];
  troubles: { pushes: Push[]; total: number };
  openOwners: number;
  owners: number;
  /** The first of those whom nobody has matched with a person. */
  unknown: readonly CrmOwner[];
};

/** What is connected, when it was read, what is on file and what a person has to look at. */
export function crmPage({ connected, sources, troubles, openOwners, owners, unknown }: CrmStanding): Modal {
  const title = connected
    ? `:link: *${SOURCE_WORDS[connected]}* is connected and read every ten minutes.`
    : 'No CRM is connected. Bring a file, or ask your operator for a token (README, “CRM”).';
  const buttons = [
    ...(connected ? [button(ACTIONS.crmSync, 'Sync Now', connected), button(ACTIONS.crmDryRun, 'Dry Run', connected)] : []),
    button(ACTIONS.crmUpload, 'Upload CSV', 'file'),
    ...(owners > 0 ? [button(ACTIONS.crmOwners, 'Who Owners Are', '0')] : []),
  ];
  return modal(CRM_TITLE, [
    section(title),
    actions('crm:actions', ...buttons),
    ...sources.flatMap(sourceBlocks),
    ...unknownBlocks({ openOwners, unknown }),
    ...troubleBlocks(troubles),
    context('*Upload CSV* takes the export of any CRM: opportunities or accounts. I show first what I read, and what would change.'),
  ]);
}

function sourceBlocks({ source, sync, counts }: CrmStanding['sources'][number]): KnownBlock[] {
  if (!sync) return [section(`*From ${SOURCE_WORDS[source]}*\nNot read yet.`)];
  const lines = (['accounts', 'opportunities', 'owners'] as const)
    .filter((object) => sync[object].doneAt || counts[object] > 0)
    .map((object) => {
      const { doneAt, totals, round } = sync[object];
      const last = doneAt ? ` · ${moment(doneAt)} · ${totalsWords(totals)}` : '';
      return `• ${OBJECT_WORDS[object](counts[object])}${last}${round ? ` · reading, ${round.totals.read} so far` : ''}`;
    });
  const problem = sync.problem ? [section(`:warning: ${PROBLEM_WORDS[sync.problem.code]}`)] : [];
  return [section([`*From ${SOURCE_WORDS[source]}*`, ...lines].join('\n')), ...problem];
}

function unknownBlocks({ openOwners, unknown }: Pick<CrmStanding, 'openOwners' | 'unknown'>): KnownBlock[] {
  if (openOwners === 0) return [];
  const more = openOwners - unknown.length;
  return [
    section(
      `:bust_in_silhouette: I do not know who ${openOwners === 1 ? 'this owner is' : `these ${openOwners} owners are`} in Slack. They are warned of a protected account only once I do.`,
    ),
    ...unknown.map((owner) => ownerRow(owner)),
    ...(more > 0 ? [context(`and ${more} more: *Who Owners Are* has them all.`)] : []),
  ];
}

function troubleBlocks({ pushes, total }: CrmStanding['troubles']): KnownBlock[] {
  if (total === 0) return [];
  const rows = pushes.map((push) => section(`• *${escapedTo(push.written.name ?? push.dealId, 100)}*: ${pushWords(push)}`));
  const more = total - pushes.length;
  const title = section(`:warning: ${count(total, 'deal')} in the CRM ${total === 1 ? 'needs' : 'need'} a look`);
  return [title, ...rows, ...(more > 0 ? [context(`and ${count(more, 'more deal')}`)] : [])];
}

/** A file, and what is in it. */
export function crmUploadForm(): Modal {
  const options = [option('opportunities', 'Opportunities, or deals'), option('accounts', 'Accounts, or companies')];
  return modal(
    'Upload CSV',
    [
      section(
        'Export it from your CRM as it is: CSV, Excel or JSON. Opportunities need an id, the name of the account and a stage; accounts an id or a website.',
      ),
      input('object', 'In the file are', {
        type: 'radio_buttons',
        options,
        initial_option: options[0] ?? option('opportunities', 'Opportunities'),
      }),
      input('file', 'File', { type: 'file_input', max_files: 1, filetypes: LIST_TYPES }),
    ],
    { id: VIEWS.crmUpload, submit: 'Continue' },
  );
}

/** Names a file in Slack and what is in it. */
export type CrmUpload = { fileId: string; fileName: string; object: FileObject };

/** What a file would change, before anything is stored. */
export function crmFileCheck(upload: CrmUpload, file: CrmFile<FileObject>, applied: Applied): Modal {
  const columns = file.columns.map((line) => escapedTo(line, 80)).join(' · ');
  const changes = changesWords(applied.rows, applied.added + applied.changed);
  return modal(
    'Check the file',
    [
      section(`*${escapedTo(upload.fileName, 200)}*\n${fileWords(upload.object, file, applied).join('\n')}`),
      context(shorten(`I read these columns: ${columns}`, 1900)),
      ...changes,
    ],
    { id: VIEWS.crmFile, submit: 'Import', metadata: JSON.stringify(upload) },
  );
}
