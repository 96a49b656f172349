import { createHmac, timingSafeEqual } from 'node:crypto';
import { addDays } from 'date-fns';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';

/** A document that people of a partner can have as a file, by what it is made or read from. */
export const FileDocument = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('acceptance'), acceptanceId: z.string() }),
  z.object({ kind: z.literal('certificate'), partnerId: z.string(), certificateId: z.string() }),
  z.object({ kind: z.literal('terms'), versionId: z.string() }),
  z.object({ kind: z.literal('course-file'), courseId: z.string(), unitId: z.string() }),
]);
export type FileDocument = z.infer<typeof FileDocument>;

/** Whom a link was given to: one colleague, one person of a partner, or a channel that is one partner's. */
const Holder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), userId: z.string() }),
  z.object({ kind: z.literal('partner-person'), userId: z.string(), partnerId: z.string() }),
  z.object({ kind: z.literal('partner-channel'), channel: z.string(), partnerId: z.string() }),
]);
export type Holder = z.infer<typeof Holder>;

const FileLink = z.object({ workspaceId: z.string(), document: FileDocument, holder: Holder, untilMs: z.number() });
/** Exactly one document of one workspace, for one holder, until a moment. */
export type FileLink = z.infer<typeof FileLink>;

export const FILE_LINK_DAYS = 7;
/** Ours have some 400 characters. */
const LONGEST_TOKEN = 2_000;

/** The address of a document; null where the app has no public address. Nothing is stored: what the link names is signed into it and looked up anew at
 *  each download. That is less than a collection of what was meant, and nothing of it has to be exported, merged or deleted. */
export function fileUrl(
  link: Omit<FileLink, 'untilMs'>,
  { publicUrl, linkKey, now }: Pick<Deps, 'publicUrl' | 'linkKey' | 'now'>,
): string | null {
  if (!publicUrl || !linkKey) return null;
  const untilMs = addDays(now(), FILE_LINK_DAYS).getTime();
  const said = Buffer.from(JSON.stringify({ ...link, untilMs })).toString('base64url');
  return `${publicUrl}/files/${said}.${signatureOf(said, linkKey).toString('base64url')}`;
}

/** What a link names; null for one that is not of our making, was changed, or has run out. */
export function readFileLink(token: string, linkKey: string | null, at: Date): FileLink | null {
  const [said = '', signature = '', ...more] = token.length > LONGEST_TOKEN ? [] : token.split('.');
  if (!linkKey || !said || more.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const expected = signatureOf(said, linkKey);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const link = FileLink.parse(JSON.parse(Buffer.from(said, 'base64url').toString()));
  return link.untilMs > at.getTime() ? link : null;
}

/** The words before it keep it apart from whatever else is signed with the same key. */
function signatureOf(said: string, linkKey: string): Buffer {
  return createHmac('sha256', linkKey).update(`file-link:${said}`).digest();
}
