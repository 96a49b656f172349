import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { languageOfText } from '../writing/language-of-text.ts';
import type { Language, Replacement } from '../writing/writing.ts';
import type { LetterFacts } from './letter-facts.ts';
import { type HouseStyle, MOST_REPLACEMENTS, type StyleChoice } from './style.ts';
import {
  getStyle,
  pullReplacement,
  pushDismissed,
  pushReplacement,
  saveExamples,
  saveLetterFacts,
  saveStyleChoice,
} from './style-repository.ts';

/** Sets tone, length, language and house style of the messages that are written from now on. Refuses `role-needed`. */
export async function saveStyle(actor: Actor, choice: StyleChoice, at: Date): Promise<HouseStyle> {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'manager', { action: 'style.save', subject: SUBJECT, at });
  const { tone, length, language, houseStyle } = await getStyle(workspaceId);
  const before = { tone, length, language, houseStyle };
  const entry = auditEntry({ workspaceId, by: userId, at, action: 'style.save', subject: SUBJECT, before, after: choice });
  return saveStyleChoice(workspaceId, choice, entry);
}

/** Sets what letters of one language may say about us, from now on. Refuses `role-needed`. */
export async function changeLetterFacts(actor: Actor, language: Language, facts: LetterFacts, at: Date): Promise<HouseStyle> {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'manager', { action: 'style.letters', subject: SUBJECT, at });
  const before = (await getStyle(workspaceId)).letters[language];
  const entry = auditEntry({
    workspaceId,
    by: userId,
    at,
    action: 'style.letters',
    subject: SUBJECT,
    before,
    after: { language, ...facts },
  });
  return saveLetterFacts(workspaceId, language, facts, entry);
}

/** Sets the letters whose manner the model follows from now on; none takes them away. Refuses `role-needed`. */
export async function changeExamples(actor: Actor, texts: readonly string[], at: Date): Promise<HouseStyle> {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'manager', { action: 'style.examples', subject: SUBJECT, at });
  const { examples: before } = await getStyle(workspaceId);
  const after = texts.map((text) => ({ text, language: languageOfText(text) }));
  const entry = auditEntry({ workspaceId, by: userId, at, action: 'style.examples', subject: SUBJECT, before, after });
  return saveExamples(workspaceId, after, entry);
}

type Changed = Promise<{ style: HouseStyle; changed: boolean }>;

/** From now on the offline writer says `to` for `from`. Refuses `role-needed`, and `style-full` when there is no room for more. Pressed
 *  twice, it changes nothing the second time. */
export async function addReplacement(actor: Actor, replacement: Replacement, at: Date): Changed {
  const added = await settle(actor, 'style.add', replacement, pushReplacement, at);
  const { replacements } = added.style;
  const isFull = replacements.length >= MOST_REPLACEMENTS && !replacements.some(({ from }) => from === replacement.from);
  if (!added.changed && isFull) throw new Refusal('style-full', { most: MOST_REPLACEMENTS });
  return added;
}

export async function removeReplacement(actor: Actor, replacement: Replacement, at: Date): Changed {
  return settle(actor, 'style.remove', replacement, pullReplacement, at);
}

/** The suggestion is not made again. */
export async function dismissReplacement(actor: Actor, replacement: Replacement, at: Date): Changed {
  return settle(actor, 'style.dismiss', replacement, pushDismissed, at);
}

const SUBJECT = 'style:house';

async function settle(actor: Actor, action: string, replacement: Replacement, save: typeof pushReplacement, at: Date): Changed {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'manager', { action, subject: SUBJECT, at });
  const entry = auditEntry({ workspaceId, by: userId, at, action, subject: SUBJECT, after: replacement });
  const style = await save(workspaceId, replacement, entry);
  return style ? { style, changed: true } : { style: await getStyle(workspaceId), changed: false };
}
