import { Refusal } from '../../errors.ts';
import { writePdf } from '../../platform/pdf.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { demandOwnOrTeam } from '../partners/demand-partner.ts';
import { getPartner } from '../partners/partner-repository.ts';
import { personOf } from '../partners/person-of.ts';
import { type Certificate, validCertificate } from './progress.ts';
import { listProgress } from './progress-repository.ts';

/** A certificate with whose and which it is. */
export type Held = Certificate & { courseId: string; userId: string };

/** What a partner's people are certified for at a moment: of each person and course the newest that holds. Whoever has left the partner counts no
 *  more. Refuses `partner-unknown`. */
export async function listCertificates(workspaceId: string, partnerId: string, at: Date): Promise<Held[]> {
  const [partner, progress] = await Promise.all([getPartner(workspaceId, partnerId), listProgress(workspaceId, partnerId)]);
  return progress.flatMap((one) => {
    const certificate = validCertificate(one, at);
    const { courseId, userId } = one;
    return certificate && personOf(partner, { userId }).isPresent ? [{ ...certificate, courseId, userId }] : [];
  });
}

/** A certificate on paper: for a colleague any, for a partner's person their own company's. Refuses `internal-only`, `partner-only`,
 *  `partner-ended`, `partner-unknown` and `course-unknown`. */
export async function certificateCopy(
  actor: Actor,
  { partnerId, certificateId }: { partnerId: string; certificateId: string },
  at: Date,
  compress = true,
): Promise<{ name: string; bytes: Buffer }> {
  const { workspaceId } = actor;
  const wanted = { object: 'asset', need: 'member', action: 'certificate.copy', at, evenEnded: true } as const;
  const partner = await demandOwnOrTeam(actor, partnerId, wanted);
  const [progress, { company }] = await Promise.all([listProgress(workspaceId, partnerId), getProgramme(workspaceId)]);
  const found = progress.flatMap(({ certificates }) => certificates).find(({ id }) => id === certificateId);
  if (!found) throw new Refusal('course-unknown');
  return { name: `certificate-${dayOf(found.at)}.pdf`, bytes: await draw(found, partner.name, company?.name ?? '', compress) };
}

/** The same certificate gives the same document. */
function draw(certificate: Certificate, partnerName: string, ourName: string, compress: boolean): Promise<Buffer> {
  const { courseTitle, name, right, total, at, until, id } = certificate;
  return writePdf({
    title: `Certificate: ${courseTitle}`,
    at,
    compress,
    parts: [
      { kind: 'title', words: 'Certificate' },
      { kind: 'text', words: `${name} of ${partnerName} has passed the course` },
      { kind: 'heading', words: courseTitle },
      { kind: 'text', words: `${ourName ? `of ${ourName}, ` : ''}with ${right} of ${total} questions right, on ${dayOf(at)}.` },
      { kind: 'text', words: until ? `It is valid until ${dayOf(until)}.` : 'It is valid without end.' },
      { kind: 'small', words: `Number ${id}` },
    ],
  });
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
