import { addPartner, type PartnerGiven } from '../../src/onboard/partners/add-partner.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { changePartner, type PartnerChange } from '../../src/onboard/partners/partner-repository.ts';
import { auditEntry } from '../../src/programme/audit/audit.ts';
import type { Actor, PartnerPerson } from '../../src/programme/workspaces/role.ts';
import { EXT_QUILLMONT, MILO, PIA } from '../sandbox/cast.ts';
import { AT, HOME, milo } from './builders.ts';

/** Pia's own Slack workspace. */
export const QUILLMONT_TEAM = 'T0QUILLMNT';

/** The record of Quillmont, Pia's company, whose Slack workspace and channel are connected; the roles of the programme must be there.
 *  `given`: what another partner is called and has, and `change`: what is set after. */
export async function aPartner(given: Partial<PartnerGiven> = {}, change?: PartnerChange, actor: Actor = milo): Promise<Partner> {
  const partner = await addPartner(
    actor,
    {
      name: 'Quillmont',
      domains: ['quillmont.example'],
      types: ['agency'],
      owner: MILO,
      countries: ['United Kingdom'],
      people: [{ name: 'Pia Pine', email: 'pia.pine@quillmont.example', role: 'sales' }],
      ...given,
    },
    AT,
  );
  // Another one is not connected: a workspace and a channel belong to one partner.
  const connected = given.name === undefined ? { teamIds: [QUILLMONT_TEAM], channel: EXT_QUILLMONT } : {};
  return changed(partner, { ...connected, ...change });
}

/** As somebody sets it, whoever it is. */
export async function changed(partner: Partner, change: PartnerChange): Promise<Partner> {
  if (Object.keys(change).length === 0) return partner;
  const { workspaceId, id } = partner;
  const entry = auditEntry({ workspaceId, by: MILO, at: AT, action: 'partner.edit', subject: `partner:${id}` });
  const saved = await changePartner(partner, change, entry);
  if (!saved) throw new Error('somebody else changed the partner');
  return saved;
}

/** Pia, who acts for her company. */
export const piaOf = ({ id }: Pick<Partner, 'id'>): PartnerPerson => ({
  kind: 'partner',
  workspaceId: HOME,
  userId: PIA,
  teamId: QUILLMONT_TEAM,
  partnerId: id,
});
