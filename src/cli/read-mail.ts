import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readUsable } from '../config.ts';
import { CommandError } from '../errors.ts';
import { createAsk } from '../llm.ts';
import { createLog } from '../log.ts';
import { readMail, understandMail } from '../recruit/replies/mail-reader.ts';
import type { IncomingMail } from '../recruit/replies/parse-mail.ts';
import { type Reading, silencedBy } from '../recruit/replies/reply.ts';
import { splitQuoted } from '../recruit/replies/split-quoted.ts';
import { askWhatIsWanted, isUnread } from '../recruit/replies/understand-reply.ts';

const USAGE = 'read-mail FILE --ours ours.json --to ADDRESS [--json]';

/** The message of ours that the mail answers. */
const Ours = z.object({ subject: z.string(), text: z.string(), date: z.coerce.date() });
type Ours = z.infer<typeof Ours>;

/** Says how an incoming mail is read, by the functions that read those that come in; needs no database. What the rules cannot tell is read by
 *  the model, where one is connected. */
export async function runReadMail(args: string[], print: (line: string) => void): Promise<void> {
  const { file, ours, to, json } = readOptions(args);
  const sent = readOurs(await contentOf(ours), ours);
  const mail = await readMail(await contentOf(file));
  if (!mail) throw new CommandError(`${file} holds no mail: give one as it came over the line, with its head.`);
  const told = await toldMail(mail, sent, to);
  if (json) print(JSON.stringify(told));
  else for (const [name, value] of Object.entries(told)) print(`${name.padEnd(12)} ${value ?? '–'}`);
}

async function toldMail(mail: IncomingMail, ours: Ours, writtenTo: string) {
  const receivedAt = mail.date ?? ours.date;
  const byRules = await understandMail(mail, { ours, writtenTo, now: receivedAt });
  const byModel = await askModel({ ...mail, ...byRules, correctedBy: null, receivedAt }, ours);
  const reading: Reading = { ...byRules, ...byModel };
  const { kind, bounce, laterUntil, sentence, isAutomatic } = reading;
  const isAbout = kind === 'bounce' || kind === 'receipt' || kind === 'complaint';
  return {
    kind,
    automatic: isAutomatic,
    recipient: (isAbout && bounce?.recipient) || null,
    status: (isAbout && bounce?.status) || null,
    hard: kind === 'bounce' ? (bounce?.hard ?? false) : null,
    suppress: silencedBy(reading) !== null,
    visibleText: isAutomatic ? null : splitQuoted(mail.text).said,
    backOn: laterUntil?.toISOString().slice(0, 10) ?? null,
    sentence,
    readBy: byModel ? 'model' : 'rules',
  };
}

async function askModel(mail: Parameters<typeof isUnread>[0] & Parameters<typeof askWhatIsWanted>[1], ours: Ours) {
  const ask = createAsk(readUsable().config, createLog('silent'));
  return ask && isUnread(mail) ? askWhatIsWanted(ask, mail, ours) : null;
}

function readOptions(args: string[]) {
  const option = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    options: { ours: option, to: option, json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (!file || !values.ours || !values.to)
    throw new CommandError(`Say which mail, which message of ours it answers, and to whom that went: ${USAGE}`);
  if (!/^[^\s@]+@[^\s@]+$/.test(values.to))
    throw new CommandError(`“${values.to}” is no address; give --to the one that our message went to.`);
  return { file, ours: values.ours, to: values.to.toLowerCase(), json: values.json };
}

async function contentOf(path: string): Promise<Buffer> {
  return readFile(path).catch((cause: unknown) => {
    throw new CommandError(`${path} cannot be read (${cause instanceof Error ? cause.message : String(cause)}); check the path.`, {
      cause,
    });
  });
}

function readOurs(content: Buffer, path: string): Ours {
  try {
    return Ours.parse(JSON.parse(content.toString('utf8').replace(/^\ufeff/, '')));
  } catch (cause) {
    throw new CommandError(`${path} is not our message: give JSON with "subject", "text" and "date".`, { cause });
  }
}
