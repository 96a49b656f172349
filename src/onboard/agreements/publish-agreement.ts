import { createHash } from 'node:crypto';
import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { insertVersion, listVersions } from './agreement-repository.ts';
import { type AgreementVersion, MOST_PDF_BYTES, MOST_TEXT_BYTES, type TermsProblem } from './agreement-version.ts';

export type NewAgreement = {
  title: string;
  /** Empty for all. */
  types: readonly PartnerType[];
  /** Null for a text that was typed. */
  fileName: string | null;
  bytes: Buffer;
  /** See `AgreementVersion`. */
  askBy: Date | null;
};

/** Puts a new version in force for its types. Of two who do it at once each gets a number of their own; the same form sent twice makes one version.
 *  Refuses `role-needed` and `terms-unreadable`. */
export async function publishAgreement(
  actor: Actor,
  { title, types, fileName, bytes, askBy }: NewAgreement,
  at: Date,
): Promise<{ version: AgreementVersion; isNew: boolean }> {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'admin', { action: 'agreement.publish', subject: 'agreement:new', at });
  const kind = kindOfTerms(fileName, bytes);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return inRounds<{ version: AgreementVersion; isNew: boolean }>('publishing an agreement', async () => {
    const [newest] = await listVersions(workspaceId);
    const number = (newest?.number ?? 0) + 1;
    const version = {
      ...{ workspaceId, number, title, types: [...types], kind, hash, askBy, createdBy: userId, createdAt: at },
      fileName: fileName ?? `agreement-${number}.txt`,
    };
    if (newest && isSame(newest, version)) return { done: { version: newest, isNew: false } };
    const after = { number, title, types, hash, askBy };
    const entry = (id: string) =>
      auditEntry({ workspaceId, by: userId, at, action: 'agreement.publish', subject: `agreement:${id}`, after });
    const inserted = await insertVersion(version, bytes, entry);
    return inserted && { done: { version: inserted, isNew: true } };
  });
}

function isSame(one: Omit<AgreementVersion, 'id'>, other: Omit<AgreementVersion, 'id'>): boolean {
  const [a, b] = [one, other].map(({ title, types, hash, askBy }) => JSON.stringify([title, types, hash, askBy]));
  return a === b;
}

/** By its first bytes, not by its name. Refuses `terms-unreadable` for what is neither a PDF nor a text in UTF-8, is empty or too large. */
export function kindOfTerms(fileName: string | null, bytes: Buffer): 'text' | 'pdf' {
  const refuse = (problem: TermsProblem): never => {
    throw new Refusal('terms-unreadable', { problem });
  };
  if (bytes.length === 0) refuse('empty');
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return bytes.length > MOST_PDF_BYTES ? refuse('too-large') : 'pdf';
  if (fileName?.toLowerCase().endsWith('.pdf')) refuse('no-pdf');
  if (bytes.length > MOST_TEXT_BYTES) refuse('too-large');
  const text = textOfTerms(bytes) ?? refuse('no-text');
  if (text.trim() === '') refuse('empty');
  return 'text';
}

/** The text of an agreement that is one, without the mark of byte order; null for bytes that are no text. */
export function textOfTerms(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
