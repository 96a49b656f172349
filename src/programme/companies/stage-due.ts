import type { Collection } from 'mongoose';

/** In documents whose changes may move a company in the pipeline: set in the same write as the change, to the id of its audit entry, and taken
 *  away when the company's stage has followed. What a dead process left is found by it. */
export const stageDuePath = { type: String, default: undefined } as const;

/** Where the stage has not followed yet. */
export const DUE = { stageDue: { $exists: true } };

/** One change that the stage has to follow. */
export type StageDue = { id: unknown; stageDue: string };

type Model = { collection: Collection };

/** Documents on which something is due, a thousand at most. `fields` are read along. */
export async function findDue<Fields extends string>(
  { collection }: Model,
  filter: Record<string, unknown>,
  fields: readonly Fields[] = [],
): Promise<(StageDue & Record<Fields, unknown>)[]> {
  const projection = Object.fromEntries(['stageDue', ...fields].map((field) => [field, 1]));
  const found = await collection
    .find({ ...filter, ...DUE }, { projection })
    .limit(1000)
    .toArray();
  // The projection names these.
  return found.map(({ _id, ...rest }) => ({ ...rest, id: _id }) as StageDue & Record<Fields, unknown>);
}

/** The stage has followed; what has changed since stays due. */
export async function settleDue({ collection }: Model, workspaceId: string, due: readonly StageDue[]): Promise<void> {
  for (const { id, stageDue } of due) {
    // The driver's type knows of object ids alone.
    await collection.updateOne({ _id: id, workspaceId, stageDue } as object, { $unset: { stageDue: '' } });
  }
}
