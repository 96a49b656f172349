import { z } from 'zod';
import { PartnerType } from '../../programme/setup/programme.ts';

/** A longer text is no agreement, and would not open in Slack. */
export const MOST_TEXT_BYTES = 200_000;
/** Of a PDF; MongoDB holds 16 MB in one document. */
export const MOST_PDF_BYTES = 5 * 1024 * 1024;

/** What a file or a text lacks to be an agreement. */
export const TermsProblem = z.enum(['empty', 'too-large', 'no-pdf', 'no-text']);
export type TermsProblem = z.infer<typeof TermsProblem>;

/** One version of an agreement. It never changes: what somebody accepted stays what it was. */
export const AgreementVersion = z.object({
  id: z.string(),
  workspaceId: z.string(),
  /** Rises by one with every version of the workspace, whoever it is for. */
  number: z.number().int(),
  title: z.string(),
  /** For which types of partners; empty for all. */
  types: z.array(PartnerType),
  kind: z.enum(['text', 'pdf']),
  /** Of the file that holds its exact bytes. */
  fileName: z.string(),
  /** SHA-256 of its exact bytes, in hex. */
  hash: z.string(),
  /** By when those who accepted an earlier version are asked to accept this one; null asks only who has accepted none. */
  askBy: z.date().nullable(),
  createdBy: z.string(),
  createdAt: z.date(),
});
export type AgreementVersion = z.infer<typeof AgreementVersion>;

/** That somebody of a partner accepted one version. It never changes, and stays when another version comes. */
export const Acceptance = z.object({
  id: z.string(),
  workspaceId: z.string(),
  partnerId: z.string(),
  /** The partner's company on file. */
  companyId: z.string(),
  versionId: z.string(),
  number: z.number().int(),
  title: z.string(),
  /** Of the version, when it was accepted. */
  hash: z.string(),
  /** Both parties by their names on that day; ours is empty where set-up does not say it. */
  partnerName: z.string(),
  ourName: z.string(),
  /** Who accepted, as they gave it. */
  name: z.string(),
  jobTitle: z.string(),
  /** As the partner's list of people has it; empty where they are not on it. */
  email: z.string(),
  /** A Slack user, or `contact:` and the id of somebody who came by mail; then without a Slack workspace. */
  userId: z.string(),
  teamId: z.string(),
  at: z.date(),
  /** When its copy was taken to be put in the partner's channel; null while it was not. */
  filedAt: z.date().nullable(),
});
export type Acceptance = z.infer<typeof Acceptance>;

/** How things stand between one partner and a version in force. */
export type AgreementState = {
  version: AgreementVersion;
  acceptance: Acceptance | null;
  /** Whether they are asked to accept it; nobody is who has, or who accepted an earlier one and no later one asked everybody again. */
  isAsked: boolean;
  /** Until when; null where no date was set. */
  by: Date | null;
};

type Types = Pick<AgreementVersion, 'types'>;

/** The versions that hold for a partner: for each of its types the newest. `versions`: newest first. */
export function versionsFor(versions: readonly AgreementVersion[], types: readonly PartnerType[]): AgreementVersion[] {
  const newest = types.map((type) => versions.find((one) => one.types.length === 0 || one.types.includes(type)));
  return versions.filter((one) => newest.includes(one));
}

/** Of each version in force for a partner, whether it is accepted, and whether it is asked for and until when. `versions`: newest first. */
export function agreementStates(
  versions: readonly AgreementVersion[],
  types: readonly PartnerType[],
  acceptances: readonly Acceptance[],
): AgreementState[] {
  const inForce = versionsFor(versions, types);
  const accepted = new Map(acceptances.map((acceptance) => [acceptance.versionId, acceptance]));
  return inForce.map((version) => {
    const acceptance = accepted.get(version.id) ?? null;
    const line = versions.filter((one) => one.number <= version.number && overlap(one, version));
    const earlier = line.find((one) => accepted.has(one.id) && !inForce.includes(one));
    const since = line.filter(({ number }) => number > (earlier?.number ?? version.number - 1));
    const by = since.flatMap(({ askBy }) => askBy ?? []).sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
    return { version, acceptance, isAsked: !acceptance && (!earlier || by !== null), by };
  });
}

function overlap(one: Types, other: Types): boolean {
  return one.types.length === 0 || other.types.length === 0 || one.types.some((type) => other.types.includes(type));
}
