import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { seal } from '../../platform/seal.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { aboutSecret, DECIDERS, type LinkRules } from './link-rules.ts';
import { getLinkRules, saveLinkRules } from './link-rules-repository.ts';

const SUBJECT = 'link-rules:all';
const MOST_DOMAINS = 20;

/** As it is typed: a domain a line. */
export const LinkRulesGiven = z.object({
  domains: z
    .string()
    .default('')
    .transform((text, context) => {
      const lines = [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
      const read = lines.map((line) => {
        const found = registrableDomain(line);
        if (!('domain' in found))
          context.addIssue({ code: 'custom', message: `“${line.slice(0, 60)}” is no web domain, such as example.com` });
        return 'domain' in found ? found.domain : '';
      });
      if (read.length > MOST_DOMAINS) context.addIssue({ code: 'custom', message: `At most ${MOST_DOMAINS} domains` });
      return [...new Set(read)];
    }),
  decider: z.enum(DECIDERS, 'Choose what decides'),
});
export type LinkRulesGiven = z.infer<typeof LinkRulesGiven>;

/** What Stripe calls the endpoint's signing secret. */
export const StripeSecret = z
  .string('Paste the signing secret')
  .trim()
  .regex(/^whsec_[A-Za-z0-9+/=_-]{10,200}$/, 'It begins with whsec_: copy the endpoint’s signing secret in Stripe');

/** The settings of links and of the webhook to an admin. Refuses `role-needed` and `internal-only`, which are recorded. */
export async function openLinkRules(actor: Actor, at: Date): Promise<LinkRules> {
  await authorise(actor, 'admin', { action: 'link-rules.open', subject: SUBJECT, at });
  return getLinkRules(actor.workspaceId);
}

/** Refuses what `openLinkRules` does. Whoever has brought a customer already stays with them until more is told of that customer. */
export async function changeLinkRules(actor: Actor, change: LinkRulesGiven, at: Date): Promise<void> {
  await openLinkRules(actor, at);
  const { domains, decider } = await getLinkRules(actor.workspaceId);
  await keep(actor, change, { action: 'link-rules.change', before: { domains, decider }, after: change }, at);
}

/** A new secret, in place of one that was; it is shown now and never again. Refuses what `openLinkRules` does, and `setting-missing` without a
 *  key. */
export async function makeWebhookSecret(actor: Actor, keys: readonly string[], at: Date): Promise<{ rules: LinkRules; secret: string }> {
  await openLinkRules(actor, at);
  const secret = `phs_${randomBytes(32).toString('base64url')}`;
  const rules = await keepSecret(actor, 'secret', secret, keys, at);
  return { rules, secret };
}

/** Keeps what Stripe signs with. Refuses as `makeWebhookSecret`. */
export async function keepStripeSecret(actor: Actor, secret: string, keys: readonly string[], at: Date): Promise<LinkRules> {
  await openLinkRules(actor, at);
  return keepSecret(actor, 'stripe', secret, keys, at);
}

async function keepSecret(actor: Actor, which: 'secret' | 'stripe', text: string, [key]: readonly string[], at: Date): Promise<LinkRules> {
  const { workspaceId, userId: by } = actor;
  if (!key) throw new Refusal('setting-missing', { name: 'DATA_KEY' });
  const { hookId } = await getLinkRules(workspaceId);
  const sealed = { sealed: seal(text, key, aboutSecret(workspaceId, which)), by, at };
  const change = { [which]: sealed, hookId: hookId ?? randomBytes(12).toString('base64url') };
  return keep(actor, change, { action: 'webhook.secret', before: null, after: { which } }, at);
}

async function keep(
  { workspaceId, userId: by }: Actor,
  change: Partial<Omit<LinkRules, 'workspaceId' | 'rev'>>,
  { action, before, after }: { action: string; before: unknown; after: unknown },
  at: Date,
): Promise<LinkRules> {
  const entry = auditEntry({ workspaceId, by, at, action, subject: SUBJECT, before, after });
  return inRounds('settings of links', async () => {
    const saved = await saveLinkRules(await getLinkRules(workspaceId), change, entry);
    return saved && { done: saved };
  });
}
