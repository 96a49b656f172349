import { Refusal } from '../../errors.ts';
import { createPause } from '../../platform/slices.ts';
import type { ReadImport } from '../../programme/companies/import-companies.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { addPartner } from './add-partner.ts';
import { nameKeyOf, type Partner } from './partner.ts';

/** `known`: who had a record already, and how it is called there. `refused`: of whom none was made, with the rule that says so. */
export type PartnersImported = {
  added: Partner[];
  known: { domain: string; name: string }[];
  refused: { domain: string; refusal: Refusal }[];
};

/** Makes partner records of the companies of a list that was imported, with the people named beside them; whoever imports looks after them. Done
 *  again, it doubles nobody. Refuses `role-needed`. */
export async function importPartners(
  actor: Actor,
  { companies, people }: Pick<ReadImport, 'companies' | 'people'>,
  type: PartnerType,
  at: Date,
): Promise<PartnersImported> {
  await authorise(actor, 'manager', { action: 'partner.add', subject: 'partner:import', at });
  const outcome: PartnersImported = { added: [], known: [], refused: [] };
  const pause = createPause();
  for (const { domain, facts } of companies) {
    const given = {
      name: nameKeyOf(facts.name) ? facts.name : domain,
      ...{ domains: [domain], types: [type], owner: actor.userId, countries: [] },
      people: (people.get(domain) ?? []).map(({ name, email }) => ({ name, email, role: 'other' as const })),
    };
    const made = await addPartner(actor, given, at).catch((error: unknown) => {
      if (error instanceof Refusal) return error;
      throw error;
    });
    if (!(made instanceof Refusal)) outcome.added.push(made);
    else if (made.code === 'partner-exists') outcome.known.push({ domain, name: String(made.details.name) });
    else outcome.refused.push({ domain, refusal: made });
    const wait = pause();
    if (wait) await wait;
  }
  return outcome;
}
