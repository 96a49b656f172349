import type { PartnerType } from '../../programme/setup/programme.ts';
import { type DealRules, type ExtraField, OWN_FIELDS, type OwnField } from './deal-rules.ts';

/** The form asks no more, so that it is filled in under 45 seconds. */
export const MOST_QUESTIONS = 6;
/** Of types for which nobody decided. */
const ASKED_BY_DEFAULT: readonly OwnField[] = ['country', 'value', 'closeOn', 'note'];
/** Asked of everybody, first. */
const ALWAYS = ['company', 'website'] as const;

/** One question of the form: its own, or one that the workspace added. `name` is the field that its answer fills. */
export type DealQuestion = { kind: 'own'; name: (typeof ALWAYS)[number] | OwnField } | { kind: 'extra'; name: string; field: ExtraField };
type Asking = Pick<DealRules, 'extraFields' | 'fields'>;

const own = (name: (typeof ALWAYS)[number] | OwnField): DealQuestion => ({ kind: 'own', name });
const extra = (field: ExtraField): DealQuestion => ({ kind: 'extra', name: field.id, field });

/** What a partner of this type is asked, in the order of the form. */
export function questionsOf({ extraFields, fields }: Asking, type: PartnerType | undefined): DealQuestion[] {
  const chosen = ownFieldsOf({ fields }, type);
  const theirs = extraFields.filter(({ types }) => types.length === 0 || (type !== undefined && types.includes(type)));
  // The note is written last, as a person would.
  const [notes, others] = [chosen.filter((name) => name === 'note'), chosen.filter((name) => name !== 'note')];
  return [...ALWAYS.map(own), ...others.map(own), ...theirs.map(extra), ...notes.map(own)];
}

/** Which of the form's own questions this type is asked, in the form's order. */
export function ownFieldsOf({ fields }: Pick<DealRules, 'fields'>, type: PartnerType | undefined): OwnField[] {
  const chosen: readonly string[] = (type && fields[type]) ?? ASKED_BY_DEFAULT;
  return OWN_FIELDS.filter((name) => chosen.includes(name));
}

/** Of all that can be asked, what a form that was opened did ask: it stands as it was opened, whatever was decided since. The customer is always
 *  asked for. */
export function questionsIn({ extraFields }: Pick<DealRules, 'extraFields'>, names: readonly string[]): DealQuestion[] {
  return [...[...ALWAYS, ...OWN_FIELDS].map(own), ...extraFields.map(extra)].filter(
    ({ name }) => names.includes(name) || ALWAYS.some((one) => one === name),
  );
}
