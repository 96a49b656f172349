import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { PARTNER_TYPES, PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { MOST_QUESTIONS, questionsOf } from './deal-questions.ts';
import { type DealRules, type ExtraField, FIELD_KINDS, MOST_FIELDS, type OwnField } from './deal-rules.ts';
import { getDealRules, saveDealRules } from './deal-rules-repository.ts';

const MOST_OPTIONS = 50;
/** What an option of a list in Slack holds. */
const LONGEST_OPTION = 75;

/** A question as somebody writes it. Options come one a line. */
export const NewField = z
  .object({
    label: z.string('Write the question').trim().min(2, 'Write the question').max(100, 'A question has at most 100 characters: shorten it'),
    kind: z.enum(FIELD_KINDS, 'Choose what the answer is'),
    options: z
      .string()
      .default('')
      .transform((text) => [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean)),
    required: z.enum(['yes', 'no'], 'Choose').transform((chosen) => chosen === 'yes'),
    types: z.array(PartnerType).default([]),
  })
  .superRefine(({ kind, options }, context) => {
    const wrong = kind === 'select' ? optionsWrong(options) : null;
    if (wrong) context.addIssue({ code: 'custom', path: ['options'], message: wrong });
  })
  .transform((field) => (field.kind === 'select' ? field : { ...field, options: [] }));
export type NewField = z.infer<typeof NewField>;

function optionsWrong(options: readonly string[]): string | null {
  if (options.length < 2) return 'Write at least two answers, one a line';
  if (options.length > MOST_OPTIONS) return `At most ${MOST_OPTIONS} answers, and these are ${options.length}: take some away`;
  const long = options.findIndex((one) => one.length > LONGEST_OPTION);
  return long < 0 ? null : `An answer has at most ${LONGEST_OPTION} characters: shorten number ${long + 1}`;
}

/** What a person does to the form. A question without an id is new. */
export type FormEdit =
  | { kind: 'put'; fieldId: string | null; field: NewField }
  | { kind: 'remove'; fieldId: string }
  | { kind: 'move'; fieldId: string; by: -1 | 1 }
  | { kind: 'ask'; type: PartnerType; fields: OwnField[] };
type Form = Pick<DealRules, 'extraFields' | 'fields'>;

/** Changes the form that the caller saw. Refuses `role-needed`, `rules-changed` when somebody changed the rules first, `field-unknown`,
 *  `fields-full`, and `deal-form-full` where a type of partner would be asked more than fits. */
export async function changeDealForm(actor: Actor, rev: number, edit: FormEdit, at: Date): Promise<DealRules> {
  const { workspaceId, userId: by } = actor;
  const subject = 'deal-rules:form';
  await authorise(actor, 'manager', { action: 'deal-form.change', subject, at });
  const seen = await getDealRules(workspaceId);
  if (seen.rev !== rev) throw new Refusal('rules-changed');
  const form = editedForm(seen, edit);
  const [crowded] = crowdedTypes(seen, form);
  if (crowded) throw new Refusal('deal-form-full', crowded);
  const said = ({ extraFields, fields }: Form) => ({ extraFields: extraFields.map(({ id, label }) => ({ id, label })), fields });
  const change = { before: said(seen), after: said(form) };
  const saved = await saveDealRules(seen, form, auditEntry({ workspaceId, by, at, action: 'deal-form.change', subject, ...change }));
  if (!saved) throw new Refusal('rules-changed');
  return saved;
}

/** The form as it would be. Refuses `field-unknown` and `fields-full`. */
export function editedForm({ extraFields, fields }: Form, edit: FormEdit): Form {
  if (edit.kind === 'ask') return { extraFields, fields: { ...fields, [edit.type]: edit.fields } };
  const { fieldId } = edit;
  const at = extraFields.findIndex(({ id }) => id === fieldId);
  const known = extraFields[at];
  if (fieldId !== null && !known) throw new Refusal('field-unknown');
  const rest = extraFields.filter(({ id }) => id !== fieldId);
  if (edit.kind === 'remove') return { extraFields: rest, fields };
  if (edit.kind === 'move') {
    const place = Math.min(Math.max(at + edit.by, 0), rest.length);
    return { extraFields: known ? [...rest.slice(0, place), known, ...rest.slice(place)] : rest, fields };
  }
  if (known) return { extraFields: extraFields.map((one) => (one === known ? { ...edit.field, id: known.id } : one)), fields };
  if (extraFields.length >= MOST_FIELDS) throw new Refusal('fields-full', { most: MOST_FIELDS });
  return { extraFields: [...extraFields, { ...edit.field, id: newId(edit.field.label, extraFields) }], fields };
}

/** The types that an edit would ask more than fits on the form. One that was too full before may become less so. */
export function crowdedTypes(before: Form, form: Form): { type: PartnerType; count: number }[] {
  return PARTNER_TYPES.flatMap((type) => {
    const count = questionsOf(form, type).length;
    return count > MOST_QUESTIONS && count > questionsOf(before, type).length ? [{ type, count }] : [];
  });
}

/** Readable, as exports show it; never the name of a field of the form's own. */
function newId(label: string, others: readonly ExtraField[]): string {
  const ascii = label.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  const slug = ascii
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  const wanted = `x-${slug || 'question'}`;
  const taken = new Set(others.map(({ id }) => id));
  for (let number = 1; number <= MOST_FIELDS; number += 1) {
    const id = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(id)) return id;
  }
  return wanted;
}
