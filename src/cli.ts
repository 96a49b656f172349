import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { refusalSentence } from '../blocks/refusals.ts';
import { runDigest } from './cli/digest.ts';
import { runDoctor } from './cli/doctor.ts';
import { runExport, runRestore } from './cli/export.ts';
import { runDryImport, runImport } from './cli/import.ts';
import { runOutreach } from './cli/outreach.ts';
import { RankRequestError, runRank } from './cli/rank.ts';
import { runReadMail } from './cli/read-mail.ts';
import { CommandError } from './cli/with-database.ts';
import { Refusal } from './errors.ts';
import { ArchiveError } from './platform/archive/archive-format.ts';
import { NewerData } from './programme/migrations/migrate.ts';

const USAGE = `Usage: npm run -s cli -- COMMAND
  import companies FILE [--workspace T…]     bring candidate companies: CSV, Excel or JSON, gzip is fine
       [--dry-run] [--json]                  only say what it would bring; needs no database
  rank --profile P.json --companies FILE     rank a file of companies; needs no database
       [--type technology] [--top 20] [--json]
  read-mail FILE --ours OURS.json --to ADDR  how an incoming mail is read; needs no database
       [--json]
  digest [--workspace T…]                    post today's digest now
  outreach [--csv FILE] [--bytes ID]         how outreach stands; every message with its record; one as it left
       [--workspace T…]
  export DIR [--gzip]                        everything, as JSON lines with checksums, into a new folder
  restore DIR                                an export into an empty database, checked
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

/** The operator's command line: parses, then calls the same use cases as Slack does. Exit 2: it cannot be done as asked;
 *  the sentence says what to change. Exit 1: settings, an outage or a mistake of ours. */
async function main(args: string[]): Promise<void> {
  const [command, ...rest] = args;
  if (command === 'rank') return runRank(rest, print);
  if (command === 'read-mail') return runReadMail(rest, print);
  const { values, positionals } = parseArgs({ args: rest, options: OPTIONS, allowPositionals: true });
  if (command === 'import' && positionals[0] === 'companies' && positionals[1]) {
    if (values['dry-run']) return runDryImport({ file: positionals[1], json: values.json }, print);
    return runImport({ file: positionals[1], workspace: values.workspace, by: `cli:${userInfo().username}` }, print, note);
  }
  if (command === 'digest') return runDigest(values.workspace, print);
  if (command === 'outreach') return runOutreach({ workspace: values.workspace, csv: values.csv, bytes: values.bytes }, print);
  if (command === 'export' && positionals[0]) return runExport({ folder: positionals[0], gzip: values.gzip }, print, note);
  if (command === 'restore' && positionals[0]) return runRestore(positionals[0], print, note);
  if (command === 'doctor') return runDoctor(print);
  throw new CommandError(USAGE);
}

function isRequestAtFault(error: unknown): boolean {
  const sentences = [Refusal, CommandError, RankRequestError, ArchiveError, NewerData];
  if (sentences.some((Sentence) => error instanceof Sentence)) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof Refusal) note(refusalSentence(error.code, error.details).replaceAll('*', ''));
  else note(error instanceof Error ? error.message : String(error));
  process.exitCode = isRequestAtFault(error) ? 2 : 1;
});
