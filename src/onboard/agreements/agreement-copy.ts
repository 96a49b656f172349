import { Refusal } from '../../errors.ts';
import { type Pdf, type PdfPart, writePdf } from '../../platform/pdf.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { demandOwnOrTeam } from '../partners/demand-partner.ts';
import { findAcceptance } from './acceptance-repository.ts';
import { getTerms, getVersion } from './agreement-repository.ts';
import type { Acceptance, AgreementVersion } from './agreement-version.ts';
import { textOfTerms } from './publish-agreement.ts';

/** An acceptance that the actor may have a copy of: a colleague of any partner's, a partner's person of their own. Refuses `internal-only`,
 *  `partner-only`, `partner-ended` and `agreement-unknown`. */
export async function acceptanceFor(actor: Actor, acceptanceId: string, at: Date): Promise<Acceptance> {
  const acceptance = await findAcceptance(actor.workspaceId, acceptanceId);
  const unknown = new Refusal('agreement-unknown');
  if (!acceptance && actor.kind === 'member') throw unknown;
  // Others learn the same of one that is not theirs and of one that is not there.
  const wanted = { object: 'asset', need: 'member', action: 'agreement.copy', at, evenEnded: true } as const;
  await demandOwnOrTeam(actor, acceptance?.partnerId ?? '', wanted);
  if (!acceptance) throw unknown;
  return acceptance;
}

/** The copy of an accepted agreement: both parties, what was accepted, who did it and when. A text stands in it word for word; a PDF is attached to
 *  it byte for byte. The same acceptance gives the same document. */
export async function agreementCopy(
  acceptance: Acceptance,
  { compress = true }: Pick<Pdf, 'compress'> = {},
): Promise<{ name: string; bytes: Buffer }> {
  const { workspaceId, versionId, at } = acceptance;
  const [version, terms] = await Promise.all([getVersion(workspaceId, versionId), getTerms(workspaceId, versionId)]);
  const attached = version.kind === 'pdf' ? { attached: { name: version.fileName, bytes: terms } } : {};
  const parts = [...head(acceptance), ...body(version, terms)];
  const bytes = await writePdf({ title: acceptance.title, at, parts, compress, ...attached });
  return { name: `agreement-${acceptance.number}-${at.toISOString().slice(0, 10)}.pdf`, bytes };
}

function head({ title, number, ourName, partnerName, name, jobTitle, userId, teamId, at, hash }: Acceptance): PdfPart[] {
  const lines = [
    `Between ${ourName || 'the company that runs the partner programme'} and ${partnerName}.`,
    `Accepted for ${partnerName} by ${name}, ${jobTitle}, on ${at.toISOString().replace('T', ' ').slice(0, 19)} UTC.`,
    teamId ? `In Slack as user ${userId} of workspace ${teamId}.` : 'By the personal link in a mail to them.',
    `SHA-256 of the text that was accepted: ${hash}`,
  ];
  return [
    { kind: 'title', words: title },
    { kind: 'small', words: `Version ${number}. Copy of the record of acceptance.` },
    ...lines.map((words) => ({ kind: 'text' as const, words })),
  ];
}

function body({ kind, fileName }: AgreementVersion, terms: Buffer): PdfPart[] {
  if (kind === 'pdf') {
    const words = `The agreement is the file ${fileName}, which is attached to this document byte for byte.`;
    return [
      { kind: 'heading', words: 'The agreement' },
      { kind: 'text', words },
    ];
  }
  const lines = (textOfTerms(terms) ?? '').split(/\r?\n/);
  return [{ kind: 'heading', words: 'The agreement' }, ...lines.map((words) => ({ kind: 'text' as const, words }))];
}
