import type { CrmObject } from './crm-record.ts';

/** What a run did, or would do, to one record: its fields with what they were and what they become. */
export type MirrorChange = {
  object: CrmObject;
  sourceId: string;
  name: string;
  kind: 'added' | 'changed' | 'deleted';
  fields: { field: string; old: unknown; new: unknown }[];
};
/** `rows`: the first of the changes. */
export type Applied = { added: number; changed: number; deleted: number; same: number; rows: MirrorChange[] };
/** Changes that are shown one by one. */
export const ROWS_SHOWN = 20;
/** A record that is gone from the CRM since `at`. */
export type Gone = { sourceId: string; at: Date };

export function nothingApplied(): Applied {
  return { added: 0, changed: 0, deleted: 0, same: 0, rows: [] };
}
