import { importCompanies } from '../../src/programme/companies/import-companies.ts';
import type { DigestSettings } from '../../src/programme/setup/programme.ts';
import { getProgramme, setNextDigest } from '../../src/programme/setup/programme-repository.ts';
import { saveProgramme } from '../../src/programme/setup/save-programme.ts';
import { ANA, PARTNERSHIPS } from '../sandbox/cast.ts';
import { ana, aProgramme, HOME } from './builders.ts';

export const EVERY_DAY: DigestSettings = {
  channel: PARTNERSHIPS,
  hour: 8,
  timeZone: 'Europe/London',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  count: 5,
};

/** Roles and every step of set-up, with a digest every day; `digest` changes single settings. */
export async function setUp(at: Date, digest: Partial<DigestSettings> = {}): Promise<void> {
  await aProgramme();
  await saveProgramme(ana, 'digest', { ...EVERY_DAY, ...digest }, at);
}

/** `n` companies of the same quality: Oakfield 1 at oakfield1.example, Oakfield 2 … */
export async function bringCompanies(n: number, at: Date, name = 'Oakfield'): Promise<void> {
  const rows = Array.from({ length: n }, (_, index) => {
    const domain = `${name.toLowerCase()}${index + 1}.example`;
    return `${name} ${index + 1},${domain},Booking software for clinics,Healthcare,"Leeds, United Kingdom"`;
  });
  const bytes = Buffer.from(`Company,Website,Tagline,Industry,Location\n${rows.join('\n')}\n`);
  await importCompanies(HOME, { name: 'list.csv', bytes }, { by: ANA, at });
}

/** Moves the clock of a workspace's digest. */
export async function setDue(workspaceId: string, at: Date): Promise<void> {
  await setNextDigest(workspaceId, (await getProgramme(workspaceId)).nextDigestAt, at);
}
