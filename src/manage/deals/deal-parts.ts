import { Schema } from 'mongoose';
import { PART } from '../../platform/stored-part.ts';
import { AGAINST_KINDS, CONFLICT_CODES, OUTCOMES } from '../conflicts/check.ts';
import { WEIGHT_CODES } from '../conflicts/weigh.ts';
import { DEAL_CHANGES, DEAL_ROLES, DEAL_STATUSES, EXTENSION_ANSWERS, MOVES, SALE_ANSWERS } from './deal.ts';

// The parts of a deal as they are stored, field by field those of `deal.ts`.

export const name = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;
const date = { type: Date, required: true } as const;
const number = { type: Number, required: true } as const;

export const moneyPart = new Schema({ minor: number, currency: name }, PART);

export const linePart = new Schema({ product: name, quantity: number, value: { type: moneyPart, default: null } }, PART);

const againstPart = new Schema({ kind: { ...name, enum: AGAINST_KINDS }, id: name, name: text, domain: text }, PART);
const weightPart = new Schema(
  { code: { ...name, enum: WEIGHT_CODES }, points: number, ours: text, theirs: text, asks: { type: Boolean, required: true } },
  PART,
);
export const checkPart = new Schema(
  {
    outcome: { ...name, enum: OUTCOMES },
    code: { type: String, enum: [...CONFLICT_CODES, null], default: null },
    against: { type: againstPart, default: null },
    score: number,
    weights: [weightPart],
    rules: number,
    at: date,
  },
  PART,
);

export const eventPart = new Schema(
  {
    move: { ...name, enum: MOVES },
    from: { ...name, enum: DEAL_STATUSES },
    to: { ...name, enum: DEAL_STATUSES },
    ...{ by: name, byName: text, at: date, code: text, words: text },
    protectedBefore: { type: Date, default: null },
    protectedUntil: { type: Date, default: null },
  },
  PART,
);

export const activityPart = new Schema({ by: name, byName: text, at: date, words: name, isTeam: { type: Boolean, default: false } }, PART);

export const notePart = new Schema(
  {
    ...{ what: { ...name, enum: DEAL_CHANGES }, by: name, byName: text, at: date, partnerId: { type: String, default: null } },
    role: { type: String, enum: [...DEAL_ROLES, null], default: null },
  },
  PART,
);

export const salePart = new Schema({ id: name, answer: { ...name, enum: SALE_ANSWERS }, by: text }, { ...PART, id: false });

export const extensionPart = new Schema({ answer: { ...name, enum: EXTENSION_ANSWERS }, by: name, byName: text, at: date }, PART);

export const partPart = new Schema(
  { partnerId: name, role: { ...name, enum: DEAL_ROLES }, seesOthers: { type: Boolean, default: false } },
  PART,
);
