import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { keysOfAddress } from '../../programme/suppression/suppression.ts';
import { findSilence } from '../../programme/suppression/suppression-repository.ts';
import type { Draft } from '../outreach/draft.ts';
import type { Reply } from '../replies/reply.ts';
import { listRepliesTo } from '../replies/reply-repository.ts';
import { type OutreachRecord, stateOf } from './outreach-record.ts';
import { eachRecord, lastApproval } from './outreach-records-repository.ts';

const PAGE = 100;

export const RECORD_COLUMNS = [
  'id',
  'company',
  'domain',
  'contact',
  'email',
  'country',
  'basis',
  'origin',
  'source',
  'kind',
  'touch',
  'subject',
  'status',
  'reason',
  'approver',
  'approvedAt',
  'hash',
  'policyVersion',
  'policyRule',
  'legalBasis',
  'sentAt',
  'messageId',
  'response',
  'optOut',
  'cameBack',
  'replies',
] as const;
type Row = Record<(typeof RECORD_COLUMNS)[number], string>;

/** A note of a draft in words; empty for none. */
type SaidOf = (note: Draft['note']) => string;

/** Every message of a workspace as CSV, newest change first, in pieces. Times are ISO 8601 in UTC. */
export async function* exportOutreach(workspaceId: string, saidOf: SaidOf): AsyncGenerator<string> {
  yield csvLine(RECORD_COLUMNS);
  let page: OutreachRecord[] = [];
  for await (const record of eachRecord(workspaceId)) {
    page.push(record);
    if (page.length < PAGE) continue;
    yield* pageLines(workspaceId, page, saidOf);
    page = [];
  }
  yield* pageLines(workspaceId, page, saidOf);
}

async function* pageLines(workspaceId: string, page: OutreachRecord[], saidOf: SaidOf): AsyncGenerator<string> {
  const ids = page.map(({ draft }) => draft.companyId);
  const domains = new Map((await listCompaniesByIds(workspaceId, ids)).map(({ id, domain }) => [id, domain]));
  const replies = await listRepliesTo(
    workspaceId,
    page.map(({ draft }) => draft),
  );
  for (const record of page) {
    const own = replies.filter(({ draftId }) => draftId === record.draft.id);
    const row = await rowOf(record, domains.get(record.draft.companyId) ?? '', own, saidOf);
    yield csvLine(RECORD_COLUMNS.map((column) => row[column]));
  }
}

async function rowOf(record: OutreachRecord, domain: string, replies: Reply[], saidOf: SaidOf): Promise<Row> {
  const { draft, back } = record;
  const { contact, policy, hold, status } = draft;
  const [approval, silence] = await Promise.all([
    lastApproval(draft),
    findSilence(draft.workspaceId, { closedBy: keysOfAddress(contact.email) }),
  ]);
  return {
    id: draft.id,
    company: draft.companyName,
    domain,
    contact: contact.name,
    email: contact.email,
    country: contact.country ?? '',
    basis: contact.basis,
    origin: contact.origin ?? '',
    source: contact.source,
    kind: draft.kind,
    touch: String(draft.touch),
    subject: draft.subject,
    status: stateOf(record) === 'back' ? 'came back' : status,
    reason:
      saidOf(draft.note) || (status === 'approved' && hold ? `${hold.why} until ${hold.until.toISOString()} ${hold.said}`.trim() : ''),
    approver: approval?.by ?? '',
    approvedAt: approval?.at.toISOString() ?? '',
    hash: approval?.hash ?? '',
    policyVersion: policy?.version ?? '',
    policyRule: policy?.rule ?? '',
    legalBasis: policy?.legalBasis ?? '',
    sentAt: draft.sentAt?.toISOString() ?? '',
    messageId: draft.messageId ?? '',
    response: draft.response,
    optOut: silence ? `${silence.suppression.reason} ${silence.suppression.at.toISOString()}` : '',
    cameBack: back ?? '',
    replies: replies.map(({ kind, receivedAt }) => `${kind} ${receivedAt.toISOString()}`).join('; '),
  };
}

/** One record of RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe; a number below zero is none. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

const NUMBER = /^-?\d+(\.\d+)?$/;
const SIGN = '[=+\\-@＝＋－＠]';
/** Spaces, a tab or a line break before the sign are skipped by spreadsheets. Source: OWASP, CSV injection. */
const FORMULA = new RegExp(`^[\\s\\0\\ufeff]*${SIGN}|^[\\t\\r\\n]`);
/** Where a semicolon or a tab parts cells, quotes that do not begin a line hold nothing together. */
const LATER_FORMULA = new RegExp(`([;\\t\\r\\n][\\s\\0\\ufeff]*)(?=${SIGN})`, 'g');

function cell(text: string): string {
  if (NUMBER.test(text)) return text;
  const safe = (FORMULA.test(text) ? `'${text}` : text).replace(LATER_FORMULA, "$1'");
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
