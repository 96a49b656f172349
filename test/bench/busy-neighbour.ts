import mongoose from 'mongoose';
import { prepareDigest } from '../../src/discover/digest/prepare-digest.ts';
import { importCompanies } from '../../src/programme/companies/import-companies.ts';
import { madeUpCompanies } from './made-up-companies.ts';
import { SLACK_USER, workspaceName } from './seed-workspaces.ts';

const ROWS = 50_000;

/** A process beside the measured one: says that it begins, imports a file and makes a digest, and ends. */
async function work(): Promise<void> {
  await mongoose.connect(process.env.MONGODB_URI ?? '');
  const lines = [...madeUpCompanies(ROWS, ROWS)].flat().map(({ domain, name, description }) => `${domain},${name},${description}`);
  const bytes = Buffer.from(['domain,name,description', ...lines].join('\n'));
  const at = new Date();
  process.send?.('begins');
  const { added, updated } = await importCompanies(workspaceName(0), { bytes, name: 'list.csv' }, { by: SLACK_USER, at });
  const { items } = await prepareDigest(workspaceName(0), { day: '2026-11-23', round: 0, by: SLACK_USER }, at);
  await mongoose.disconnect();
  process.exit(added + updated > 0 && items.length > 0 ? 0 : 1);
}

work().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
