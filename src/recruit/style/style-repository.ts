import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath } from '../../programme/audit/audit-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { PARTNER_TYPES } from '../../programme/setup/programme.ts';
import { LANGUAGES, type Language, type Replacement } from '../writing/writing.ts';
import type { ExampleLetter } from './example-letters.ts';
import type { LetterFacts } from './letter-facts.ts';
import { HouseStyle, MOST_REPLACEMENTS, PLAIN_STYLE, STYLE_LANGUAGES, STYLE_LENGTHS, StyleChoice } from './style.ts';

const replacements = { type: [new Schema({ from: { type: String, required: true }, to: String }, PART)], default: [] };

const name = { type: String, required: true } as const;
const valuePart = new Schema({ type: { ...name, enum: PARTNER_TYPES }, they: name, gain: name, firstStep: name }, PART);
/** `LetterFacts`. */
const lettersPart = new Schema(
  { sells: name, customers: name, values: [valuePart], proof: [String], mayName: [String], role: { type: String, default: '' } },
  PART,
);

const examplePart = new Schema({ text: name, language: { type: String, enum: [...LANGUAGES, null], default: null } }, PART);

const styleSchema = new Schema(
  {
    /** The workspace. */
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    tone: { type: String, enum: StyleChoice.shape.tone.options, default: PLAIN_STYLE.tone },
    length: { type: String, enum: STYLE_LENGTHS, default: PLAIN_STYLE.length },
    language: { type: String, enum: STYLE_LANGUAGES, default: PLAIN_STYLE.language },
    houseStyle: { type: String, default: '' },
    replacements,
    dismissed: replacements,
    letters: { type: Map, of: lettersPart, default: undefined },
    examples: { type: [examplePart], default: undefined },
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'styles', minimize: false },
);

const StyleModel = mongoose.model('Style', styleSchema);

/** The plain style where nothing has been chosen. */
export async function getStyle(workspaceId: string): Promise<HouseStyle> {
  const found = await StyleModel.findOne({ _id: workspaceId, workspaceId }).lean();
  return read(workspaceId, found ?? {});
}

export async function saveStyleChoice(workspaceId: string, choice: StyleChoice, entry: AuditEntry): Promise<HouseStyle> {
  return (await change(workspaceId, {}, { $set: choice }, entry)) ?? getStyle(workspaceId);
}

/** Null when the words have a replacement already, or there are too many. */
export async function pushReplacement(workspaceId: string, replacement: Replacement, entry: AuditEntry): Promise<HouseStyle | null> {
  const filter = { 'replacements.from': { $ne: replacement.from }, [`replacements.${MOST_REPLACEMENTS - 1}`]: { $exists: false } };
  return change(workspaceId, filter, { $push: { replacements: replacement } }, entry);
}

/** Null when it is gone already. */
export async function pullReplacement(workspaceId: string, { from, to }: Replacement, entry: AuditEntry): Promise<HouseStyle | null> {
  return change(workspaceId, { replacements: { $elemMatch: { from, to } } }, { $pull: { replacements: { from, to } } }, entry);
}

/** Null when it was dismissed already. */
export async function pushDismissed(workspaceId: string, { from, to }: Replacement, entry: AuditEntry): Promise<HouseStyle | null> {
  return change(workspaceId, { dismissed: { $not: { $elemMatch: { from, to } } } }, { $push: { dismissed: { from, to } } }, entry);
}

/** What may be said about us in one language, in place of what was said before. */
export async function saveLetterFacts(workspaceId: string, language: Language, facts: LetterFacts, entry: AuditEntry): Promise<HouseStyle> {
  return (await change(workspaceId, {}, { $set: { [`letters.${language}`]: facts } }, entry)) ?? getStyle(workspaceId);
}

/** The team's example letters, in place of those before. */
export async function saveExamples(workspaceId: string, examples: ExampleLetter[], entry: AuditEntry): Promise<HouseStyle> {
  return (await change(workspaceId, {}, { $set: { examples } }, entry)) ?? getStyle(workspaceId);
}

export async function settleStyleTrails(): Promise<number> {
  return settleTrail(StyleModel, {});
}

type Update = {
  $set?: StyleChoice | Record<string, LetterFacts> | { examples: ExampleLetter[] };
  $push?: Record<string, Replacement>;
  $pull?: Record<string, Replacement>;
};

async function change(workspaceId: string, filter: object, update: Update, entry: AuditEntry): Promise<HouseStyle | null> {
  await open(workspaceId);
  const { $push, ...rest } = update;
  const saved = await StyleModel.findOneAndUpdate(
    { _id: workspaceId, workspaceId, ...filter },
    { ...rest, $push: { ...$push, trail: entry } },
    { returnDocument: 'after' },
  ).lean();
  if (!saved) return null;
  await settleTrail(StyleModel, { _id: workspaceId });
  return read(workspaceId, saved);
}

/** The document is there before it is changed: a filter that does not match must not make a second one. */
async function open(workspaceId: string): Promise<void> {
  try {
    await StyleModel.updateOne(
      { _id: workspaceId },
      { $setOnInsert: { workspaceId, ...PLAIN_STYLE, letters: undefined, examples: undefined } },
      { upsert: true },
    );
  } catch (error) {
    // Two at once: the other one made it.
    if (!isDuplicateKey(error)) throw error;
  }
}

function read(workspaceId: string, found: Record<string, unknown>): HouseStyle {
  const { _id, trail, ...rest } = found;
  return HouseStyle.parse({ ...PLAIN_STYLE, ...rest, workspaceId });
}

export const styleData = keptData({ model: StyleModel, noun: 'style', kind: 'style' });
