import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { faultWords } from '../../blocks/recruit/fault-words.ts';
import { readUsable } from '../config.ts';
import type { Deps } from '../deps.ts';
import { CommandError } from '../errors.ts';
import { createAsk } from '../llm.ts';
import { createLog } from '../log.ts';
import { parseJson } from '../platform/parse-json.ts';
import { checkDraft } from '../recruit/writing/check-draft.ts';
import type { Fault } from '../recruit/writing/fault.ts';
import { overstatementsIn } from '../recruit/writing/read-against-grounds.ts';
import { type Grounds, Language, type Letter, Sentence } from '../recruit/writing/writing.ts';

const USAGE = 'check-draft FILE [--model] [--json]';

/** One letter with all it may rest on. */
const Case = z.object({
  id: z.string(),
  language: Language,
  kind: z.enum(['first', 'follow-up', 'answer']),
  setup: z.object({
    company: z.string(),
    sells: z.string(),
    customers: z.string(),
    value: z.object({ they: z.string(), get: z.string() }),
    proof: z.array(z.string()),
    mayName: z.array(z.string()),
    firstStep: z.string(),
  }),
  company: z.object({ name: z.string(), domain: z.string() }),
  facts: z.array(z.object({ id: z.string(), value: z.string() })),
  recipient: z.object({ name: z.string(), role: z.string().default('') }),
  earlier: z.object({ text: z.string() }).nullable(),
  reply: z.object({ text: z.string() }).nullable(),
  draft: z.object({ subject: z.string(), english: z.string().nullable(), sentences: z.array(Sentence) }),
});
type Case = z.infer<typeof Case>;

export type CheckedDraft = { id: string; verdict: 'accept' | 'refuse'; faults: Fault[] };

/** Says of each letter of a file, one a line, what the checker says of a draft; needs no database. `--model` asks the second reader too, about those
 *  that the rules accept. */
export async function runCheckDrafts(args: string[], print: (line: string) => void): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false }, model: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (!file) throw new CommandError(`Say which letters: ${USAGE}`);
  const ask = values.model ? createAsk(readUsable().config, createLog('silent')) : null;
  if (values.model && !ask) throw new CommandError('Set OPENAI_API_KEY first: --model asks the language model.');
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read (${cause instanceof Error ? cause.message : String(cause)}); check the path.`, {
      cause,
    });
  });
  const lines = content.replace(/^\ufeff/, '').split(/\r?\n/);
  const cases = lines.flatMap((line, index) => (line.trim() ? [readCase(line, `${file}, line ${index + 1}`)] : []));
  for (const one of cases) {
    const checked = await checkCase(one, ask);
    if (values.json) print(JSON.stringify(checked));
    else
      print([`${checked.id} ${checked.verdict}`, ...checked.faults.map((fault) => `  ${placeOf(fault)}${faultWords(fault)}`)].join('\n'));
  }
}

async function checkCase({ id, draft, ...given }: Case, ask: Deps['ask']): Promise<CheckedDraft> {
  const letter: Letter = { ...draft, english: draft.english ?? '' };
  const grounds = groundsOfCase({ id, draft, ...given });
  const byRules = checkDraft(letter, grounds);
  const more = ask && byRules.length === 0 ? await overstatementsIn(letter, grounds, ask) : [];
  if (!more) throw new Error(`the second reader did not answer about ${id}`);
  const faults = [...byRules, ...more];
  return { id, verdict: faults.length > 0 ? 'refuse' : 'accept', faults };
}

function groundsOfCase({ kind, language, setup, company, facts, recipient, earlier, reply }: Case): Grounds {
  return {
    kind,
    language,
    texts: {
      ...Object.fromEntries(facts.map(({ id, value }) => [id, value])),
      'setup.sells': setup.sells,
      'setup.customers': setup.customers,
      'setup.value': `${setup.value.they}\n${setup.value.get}`,
      ...Object.fromEntries(setup.proof.map((text, index) => [`setup.proof.${index}`, text])),
      'setup.mayName': setup.mayName.join('\n'),
      'setup.firstStep': setup.firstStep,
      ...(earlier ? { earlier: earlier.text } : {}),
      ...(reply ? { reply: reply.text } : {}),
    },
    us: { names: [setup.company], domains: [] },
    them: { names: [company.name, recipient.name], domains: [company.domain] },
    wording: [recipient.role],
    strangers: [],
    hasFact: facts.length > 0,
  };
}

function placeOf({ sentence }: Fault): string {
  return sentence === null ? '' : `Sentence ${sentence}: `;
}

function readCase(line: string, where: string): Case {
  const read = Case.safeParse(parseJson(line));
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`);
  throw new CommandError(`${where} is no letter as this command reads them: ${problems.slice(0, 3).join('; ')}.`, { cause: read.error });
}
