import { createHash } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { COLUMN_FIELDS, type ColumnChoice, type ColumnField } from './company-columns.ts';

/** What people said the columns of a file with these titles are; the next file with the same titles is read so. */
const columnChoiceSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    /** SHA-256 of the titles in their order: they are outside text of any length. */
    titles: { type: String, required: true },
    fields: { type: [{ type: String, enum: [...COLUMN_FIELDS, null] }], required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'column-choices' },
);
columnChoiceSchema.index({ workspaceId: 1, titles: 1 }, { unique: true });

const ColumnChoiceModel = mongoose.model('ColumnChoice', columnChoiceSchema);

/** A field that is read no more counts as one that nobody chose. */
const Fields = z.array(
  z
    .string()
    .nullable()
    .transform((name) => COLUMN_FIELDS.find((field) => field === name) ?? null),
);

/** The latest choice stands. */
export async function saveColumnChoice(
  workspaceId: string,
  header: readonly string[],
  { fields, by, at }: { fields: readonly (ColumnField | null)[]; by: string; at: Date },
): Promise<void> {
  const where = { workspaceId, titles: hashOf(header) };
  await ColumnChoiceModel.updateOne(where, { $set: { fields: [...fields], by, at } }, { upsert: true });
}

/** Null when nobody has said what these columns are. */
export async function findColumnChoice(workspaceId: string, header: readonly string[]): Promise<ColumnChoice | null> {
  const found = await ColumnChoiceModel.findOne({ workspaceId, titles: hashOf(header) }).lean();
  return found ? Fields.parse(found.fields) : null;
}

function hashOf(header: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(header)).digest('hex');
}
