import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { usageHint, usageOf } from '../../blocks/help.ts';
import { ACTIONS, CLOSED_VIEWS, COMMANDS, EVENTS, SHORTCUTS, VIEWS } from '../../blocks/ids.ts';
import { refusalSentence } from '../../blocks/refusals.ts';
import { WHO_WORDS } from '../../blocks/words.ts';
import { jobs } from '../../jobs/index.ts';
import { buildApp, SCOPES } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { RefusalCode } from '../../src/errors.ts';
import { createLog } from '../../src/log.ts';
import { actionListeners, closedListeners, shortcutListeners, viewListeners } from '../../src/slack/index.ts';
import { PARTNERS_COMMANDS } from '../../src/slack/partners.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const filesIn = (folder: string): string[] =>
  readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`);
const OURS = ['src', 'blocks', 'jobs', 'prompts'].flatMap(filesIn);

describe('every id has one listener, and every listener an id', () => {
  test.each([
    ['actions', ACTIONS, actionListeners],
    ['views', VIEWS, viewListeners],
    ['closed views', CLOSED_VIEWS, closedListeners],
    ['shortcuts', SHORTCUTS, shortcutListeners],
  ])('%s', (_name, ids, listeners) => {
    expect(Object.keys(listeners).sort()).toEqual(Object.values(ids).sort());
    expect(new Set(Object.values(ids)).size).toBe(Object.keys(ids).length);
  });

  test('all of them, the command and the events are registered with Bolt, each once', () => {
    const config = readConfig({ MONGODB_URI: process.env.TEST_SERVER_URI, SLACK_SIGNING_SECRET: 's', SLACK_BOT_TOKEN: 'xoxb-t' });
    const { app } = buildApp(config, createLog('silent'));
    // Bolt keeps its listeners to itself; their number is what shows that none is doubled or missing.
    const { listeners } = app as unknown as { listeners: unknown[] };
    const expected = [ACTIONS, VIEWS, CLOSED_VIEWS, SHORTCUTS, COMMANDS, EVENTS].flatMap((ids) => Object.values(ids));
    expect(listeners).toHaveLength(expected.length);
  });

  test('no id is written out anywhere else', () => {
    const ids = [ACTIONS, VIEWS].flatMap((group) => Object.values<string>(group));
    for (const file of filesIn('src/slack'))
      for (const id of ids) expect([file, read(file).includes(`app.action('${id}'`)]).toEqual([file, false]);
  });
});

test('every job file is in the table of contents, under a name of its own', () => {
  const files = filesIn('jobs').filter((file) => !['jobs/index.ts', 'jobs/job.ts'].includes(file));
  expect(files.map((file) => basename(file, '.ts')).sort()).toEqual(jobs.map(({ name }) => name).sort());
  expect(new Set(jobs.map(({ name }) => name)).size).toBe(jobs.length);
});

describe('the manifest', () => {
  const manifest = parse(read('manifest.yml'));
  test('names the same commands', () => {
    expect(manifest.features.slash_commands.map(({ command }: { command: string }) => command)).toEqual(Object.values(COMMANDS));
  });

  test('names the same shortcuts, all of them on messages', () => {
    const { shortcuts } = manifest.features;
    expect(shortcuts.map((one: { callback_id: string; type: string }) => [one.callback_id, one.type])).toEqual(
      Object.values(SHORTCUTS).map((id) => [id, 'message']),
    );
  });

  test('asks for the same events; direct messages are the only ones heard', () => {
    const events = manifest.settings.event_subscriptions.bot_events.map((name: string) => name.replace(/\.im$/, ''));
    expect(events.sort()).toEqual(Object.values(EVENTS).sort());
  });

  test('asks for the same scopes, and for no more', () => {
    expect(manifest.oauth_config.scopes).toEqual({ bot: SCOPES });
  });

  test('hints at every word of the command, as the table has them', () => {
    expect(manifest.features.slash_commands[0].usage_hint).toBe(usageHint(PARTNERS_COMMANDS));
  });
});

test('the README has the table of commands, row by row', () => {
  const rows = [...read('README.md').matchAll(/^\| `\/partners .*$/gm)].map(([line]) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const inSlack = PARTNERS_COMMANDS.map((row) => [`\`/partners ${usageOf(row)}\``, WHO_WORDS[row.who], row.help]);
  // Slack writes bold with one star, Markdown with two; the README says it in italics.
  expect(rows).toEqual(inSlack.map((cells) => cells.map((cell) => cell.replace(/\*(\S[^*]*)\*/g, '_$1_'))));
});

describe('refusals', () => {
  const codes = [...read('src/errors.ts').matchAll(/^ {2}\| '([\w-]+)'/gm)].map(([, code]) => code as RefusalCode);
  test('every code is thrown somewhere', () => {
    const source = OURS.filter((file) => !['src/errors.ts', 'blocks/refusals.ts'].includes(file))
      .map(read)
      .join('\n');
    expect(codes.filter((code) => !source.includes(`'${code}'`))).toEqual([]);
  });

  test.each(codes)('%s says a whole sentence and escapes what comes from outside', (code) => {
    const outside = '<!channel> & <@U1>';
    const details = Object.fromEntries(
      ['name', 'company', 'why', 'usage', 'need', 'columns', 'workspace', 'step'].map((key) => [key, outside]),
    );
    expect(refusalSentence(code, {})).not.toContain('undefined');
    expect(refusalSentence(code, details)).not.toMatch(/<!channel>|<@U1>/);
    expect(refusalSentence(code, { ...details, why: 'It is a competitor.' })).toMatch(/\.$/);
  });
});

test('the environment is read in one place', () => {
  const readers = OURS.filter((file) => /process\.env/.test(read(file).replace(/\/\*\*[\s\S]*?\*\//g, '')));
  expect(readers).toEqual(['src/config.ts']);
});
