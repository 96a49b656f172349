import type { PushedFields } from './crm-push.ts';
import type { CrmObject, CrmSource, FoundRecord } from './crm-record.ts';
import type { Gone } from './mirror-change.ts';

/** What one call of a CRM gives. */
export type CrmPage<O extends CrmObject> = {
  records: FoundRecord[O][];
  deleted: Gone[];
  /** `from` is gone since `at`, and what it was is `into` now. */
  merged: { from: string; into: string; at: Date }[];
  /** Ids of records that could not be read; the others stand. */
  unread: string[];
  /** Where to read on; null at the end. */
  next: string | null;
};

/** One CRM. It knows nothing of storage or Slack. Each call may throw `CrmTrouble`, and may be repeated. */
export type CrmAdapter = {
  source: CrmSource;
  /** Whose it is, where the environment says so: see `workspaceOfCrm`. */
  workspaceId?: string | undefined;
  /** What changed from `since` on, all with null; with `cursor`, the next of what an earlier call began. */
  readPage: <O extends CrmObject>(object: O, from: { since: Date | null; cursor: string | null }) => Promise<CrmPage<O>>;
  /** What stands in the fields that we write, as we would write it; null when the opportunity is gone. */
  readPushed: (opportunityId: string) => Promise<PushedFields | null>;
  /** Writes these fields and leaves all others; the opportunity is found by our deal's id, and made when there is none. Twice is one opportunity.
   *  `accountId` ties a new one to its account. */
  pushDeal: (dealId: string, fields: PushedFields, accountId: string | null) => Promise<{ opportunityId: string }>;
};

/** Why a CRM did not do what it was asked. `busy` and `down` pass; `refused` needs an operator, `fields` whoever looks after the deal. */
export type TroubleKind = 'busy' | 'down' | 'refused' | 'fields';

export class CrmTrouble extends Error {
  readonly kind: TroubleKind;
  /** The CRM wants to be left alone for so long. */
  readonly waitMs: number;
  /** Names of fields that it demands or does not know. */
  readonly fields: readonly string[];

  constructor(kind: TroubleKind, { waitMs = 0, fields = [], status, cause }: TroubleDetails = {}) {
    super(`the CRM is in trouble: ${kind}${status ? ` (${status})` : ''}`, cause === undefined ? {} : { cause });
    this.name = 'CrmTrouble';
    this.kind = kind;
    this.waitMs = waitMs;
    this.fields = fields;
  }
}

type TroubleDetails = { waitMs?: number; fields?: readonly string[]; status?: number; cause?: unknown };
