import { helpCard } from '../../blocks/help.ts';
import { countCompanies } from '../programme/companies/company-repository.ts';
import { getProgramme } from '../programme/setup/programme-repository.ts';
import { listRoles } from '../programme/workspaces/role-repository.ts';

/** What the product can do and what set-up still lacks, for a colleague who asks by command, mention or message. */
export async function helpWords(workspaceId: string) {
  const [programme, companies, roles] = await Promise.all([getProgramme(workspaceId), countCompanies(workspaceId), listRoles(workspaceId)]);
  return { text: 'What Partnerships can do', blocks: helpCard(programme, companies, roles) };
}
