import type { Actor } from '../../programme/workspaces/role.ts';
import { acceptanceFor, agreementCopy } from '../agreements/agreement-copy.ts';
import { termsFile } from '../agreements/read-agreements.ts';
import { certificateCopy } from '../training/certificates.ts';
import { unitFile } from '../training/take-course.ts';
import type { FileDocument } from './file-link.ts';

/** The one way from what somebody asks for to the bytes they get, whether they press a button or follow a link. `partnerId` is whose it is, null for
 *  what all partners may have. Refuses what its parts refuse: whoever may not have it, and what is not there any more. */
export async function findDocument(
  actor: Actor,
  document: FileDocument,
  at: Date,
): Promise<{ name: string; bytes: Buffer; partnerId: string | null }> {
  switch (document.kind) {
    case 'acceptance': {
      const acceptance = await acceptanceFor(actor, document.acceptanceId, at);
      return { ...(await agreementCopy(acceptance)), partnerId: acceptance.partnerId };
    }
    case 'certificate':
      return { ...(await certificateCopy(actor, document, at)), partnerId: document.partnerId };
    case 'terms':
      return { ...(await termsFile(actor, document.versionId, at)), partnerId: null };
    case 'course-file':
      return { ...(await unitFile(actor, document.courseId, document.unitId)), partnerId: null };
  }
}
