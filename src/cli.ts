import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { CommandError, Refusal } from './errors.ts';
import { ArchiveError } from './platform/archive/archive-format.ts';

const USAGE = `Usage: npm run -s cli -- COMMAND
  import companies FILE [--workspace T…]     bring candidate companies: CSV, Excel or JSON, gzip is fine
       [--dry-run] [--json]                  only say what it would bring; needs no database
  rank --profile P.json --companies FILE     rank a file of companies; needs no database
       [--type technology] [--top 20] [--json]
  conflicts --opportunities CRM.csv          which registrations meet an opportunity; needs no database
       --registrations R.json
       [--companies FILE] [--json]
  read-mail FILE --ours OURS.json --to ADDR  how an incoming mail is read; needs no database
       [--json]
  check-draft FILE [--model] [--json]        what the checker says of letters, one a line; needs no database
  commissions FILE [--json]                  commission sums, one a line, worked out; needs no database
  rates FILE [--workspace T…]                exchange rates of the European Central Bank: zip, CSV or XML
  revenue import FILE [--workspace T…]       invoices, payments and refunds: CSV, Excel or JSON
       [--dry-run] [--json]                  only say what it would bring
  rebuild-revenue [--workspace T…]           make all figures anew from the ledger
  digest [--workspace T…]                    post today's digest now
  outreach [--csv FILE] [--bytes ID]         how outreach stands; every message with its record; one as it left
       [--workspace T…]
  export DIR [--gzip]                        everything, as JSON lines with checksums, into a new folder
  restore DIR                                an export into an empty database, checked
  privacy export WHO [--workspace T…]        all that is kept of one person or one company, as JSON
  rotate-keys                                seal payment details anew with DATA_KEY
  doctor                                     what is configured, what is reachable, what to do about the rest`;

const OPTIONS = {
  workspace: { type: 'string' },
  gzip: { type: 'boolean', default: false },
  csv: { type: 'string' },
  bytes: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const print = (line: string) => void process.stdout.write(`${line}\n`);
const note = (line: string) => void process.stderr.write(`${line}\n`);

/** The operator's command line: parses, then calls the same use cases as Slack does; each command is loaded when it is asked for. Exit 2: it
 *  cannot be done as asked; the sentence says what to change. Exit 1: settings, an outage or a mistake of ours. */
async function main(args: string[]): Promise<void> {
  const [command, ...rest] = args;
  if (command === 'rank') return (await import('./cli/rank.ts')).runRank(rest, print);
  if (command === 'conflicts') return (await import('./cli/conflicts.ts')).runConflicts(rest, print);
  if (command === 'read-mail') return (await import('./cli/read-mail.ts')).runReadMail(rest, print);
  if (command === 'check-draft') return (await import('./cli/check-drafts.ts')).runCheckDrafts(rest, print);
  if (command === 'commissions') return (await import('./cli/commissions.ts')).runCommissions(rest, print);
  const { values, positionals } = parseArgs({ args: rest, options: OPTIONS, allowPositionals: true });
  const [first] = positionals;
  if (command === 'import' && first === 'companies' && positionals[1]) {
    const { runDryImport, runImport } = await import('./cli/import.ts');
    if (values['dry-run']) return runDryImport({ file: positionals[1], json: values.json }, print);
    return runImport({ file: positionals[1], workspace: values.workspace, by: `cli:${userInfo().username}` }, print, note);
  }
  if (command === 'rates' && first) return (await import('./cli/rates.ts')).runRates({ file: first, workspace: values.workspace }, print);
  if (command === 'revenue' && first === 'import' && positionals[1]) {
    const asked = { file: positionals[1], workspace: values.workspace, by: `cli:${userInfo().username}`, json: values.json };
    return (await import('./cli/revenue.ts')).runRevenueImport({ ...asked, dryRun: values['dry-run'] }, print);
  }
  if (command === 'rebuild-revenue') return (await import('./cli/revenue.ts')).runRebuildRevenue(values.workspace, print);
  if (command === 'digest') return (await import('./cli/digest.ts')).runDigest(values.workspace, print);
  if (command === 'outreach') {
    const { runOutreach } = await import('./cli/outreach.ts');
    return runOutreach({ workspace: values.workspace, csv: values.csv, bytes: values.bytes }, print);
  }
  if (command === 'export' && first) {
    return (await import('./cli/export.ts')).runExport({ folder: first, gzip: values.gzip }, print, note);
  }
  if (command === 'restore' && first) return (await import('./cli/export.ts')).runRestore(first, print, note);
  if (command === 'privacy' && first === 'export' && positionals[1]) {
    const { runPrivacyExport } = await import('./cli/privacy.ts');
    return runPrivacyExport({ who: positionals[1], workspace: values.workspace, by: `cli:${userInfo().username}` }, print);
  }
  if (command === 'rotate-keys') return (await import('./cli/rotate-keys.ts')).runRotateKeys(print);
  if (command === 'doctor') return (await import('./cli/doctor.ts')).runDoctor(print);
  throw new CommandError(USAGE);
}

function isRequestAtFault(error: unknown): boolean {
  if ([Refusal, CommandError, ArchiveError].some((Sentence) => error instanceof Sentence)) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

async function wordsOf(error: unknown): Promise<string> {
  if (!(error instanceof Refusal)) return error instanceof Error ? error.message : String(error);
  const { refusalSentence } = await import('../blocks/refusals.ts');
  return refusalSentence(error.code, error.details).replaceAll('*', '');
}

main(process.argv.slice(2)).catch(async (error: unknown) => {
  process.exitCode = isRequestAtFault(error) ? 2 : 1;
  note(await wordsOf(error));
});
