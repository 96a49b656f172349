import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../blocks/ids.ts';
import { listAudit } from '../../src/programme/audit/audit-repository.ts';
import { PARTNERS_COMMANDS } from '../../src/slack/partners.ts';
import { ANA, EXT_QUILLMONT, GENERAL, MIA, MILO, PIA } from '../sandbox/cast.ts';
import type { SandboxMessage } from '../sandbox/contract.ts';
import { aCompany, HOME } from '../support/builders.ts';
import { forgedClick } from '../support/forged-click.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';
import { bringCompanies, setUp } from '../support/ready-workspace.ts';
import { asRequest, recorded } from '../support/recorded.ts';

const { uri } = useMongo();
const AT = new Date('2026-11-23T12:00:00Z');
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT, workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  await bringCompanies(2, AT);
  await aCompany({ name: 'Acme Data', domain: 'acme-data.example' });
});
afterEach(async () => {
  for (const who of [ANA, MILO, MIA]) {
    const open = product.sandbox.modal(who);
    if (open) await product.sandbox.as(who).close(open);
  }
});

const shown = ({ text, blocks }: SandboxMessage) => JSON.stringify([text, blocks]);
/** What somebody is shown by the bot after `act`, the newest answer. */
async function answer(who: string, act: () => Promise<unknown>): Promise<SandboxMessage> {
  const { sandbox } = product;
  const fromBot = () => sandbox.messages({ as: who }).filter(({ userId }) => userId === sandbox.cast.app.botUserId);
  const before = fromBot().length;
  await act();
  await sandbox.waitFor(() => fromBot().length > before);
  const answers = fromBot();
  return sandbox.waitFor(() => answers.at(-1));
}
const typed = (who: string, words: string) => answer(who, () => product.sandbox.as(who).command(GENERAL, `/partners ${words}`));
const written = (who: string, words: string) => answer(who, () => product.sandbox.as(who).dm(words));
const mentioned = (who: string, words: string) => answer(who, () => product.sandbox.as(who).mention(GENERAL, words));
const filledModal = (who: string) =>
  product.sandbox.waitFor(() => {
    const open = product.sandbox.modal(who);
    return open && !JSON.stringify(open).includes('One moment') ? open : null;
  });

const ROLES = [
  ['admin', ANA],
  ['manager', MILO],
  ['member', MIA],
] as const;
const RANK = { member: 0, manager: 1, admin: 2 };

describe('who may, as the table says', () => {
  test.each(PARTNERS_COMMANDS.flatMap((row) => ROLES.map(([role, who]) => [row.word, role, who, row] as const)))(
    '%s by a colleague with the role %s',
    async (word, role, who, row) => {
      const line = `${word} ${row.argument?.kind === 'name' && row.argument.required ? 'Acme Data' : (row.argument?.example ?? '')}`;
      const { sandbox } = product;
      const isOpened = 'open' in row;
      if (isOpened) await sandbox.as(who).command(GENERAL, `/partners ${line}`);
      const words = isOpened ? JSON.stringify(await filledModal(who)) : shown(await typed(who, line));
      expect(words.includes('You need the role')).toBe(RANK[role] < RANK[row.who]);
      expect(words).not.toContain('went wrong');
    },
  );
});

describe('each word in a mention and in a direct message', () => {
  test.each(PARTNERS_COMMANDS.map((row) => [row.word, row] as const))('%s', async (word, row) => {
    const words = `${word} ${row.argument?.required ? 'Acme Data' : ''}`;
    for (const ask of [mentioned, written]) {
      const said = await ask(ANA, words);
      expect(said.onlyFor ?? said.channel).toBe(said.onlyFor ? ANA : product.sandbox.dmWith(ANA));
      expect(shown(said)).not.toMatch(/I do not know|went wrong/);
      if ('answer' in row) continue;
      await product.sandbox.as(ANA).click(said, ACTIONS.commandRun);
      const modal = await filledModal(ANA);
      expect(JSON.stringify(modal)).not.toMatch(/went wrong|You need/);
      await product.sandbox.as(ANA).close(modal);
    }
  });

  test('the mention may stand at the end, and the command’s own name before the word', async () => {
    expect((await answer(ANA, () => product.sandbox.as(ANA).say(GENERAL, 'list, <@U0PRTNRBOT>'))).text).toBe('Candidates, best first');
    expect((await written(ANA, '/partners LIST')).text).toBe('Candidates, best first');
    expect((await mentioned(ANA, 'find “resellers” in Poland')).text).toBe('Companies you asked for');
  });

  test('what cannot be done is said in the channel, to the one who asked', async () => {
    const said = await mentioned(MIA, 'digest');
    expect([said.channel, said.onlyFor, said.text]).toEqual([GENERAL, MIA, expect.stringContaining('You need the role *manager*')]);
    expect((await mentioned(ANA, 'show')).text).toContain('/partners show Acme');
  });

  test('a form’s button asks again who presses it', async () => {
    const offer = await written(MIA, 'setup');
    await product.sandbox.as(MIA).click(offer, ACTIONS.commandRun);
    expect(JSON.stringify(await filledModal(MIA))).toContain('You need the role *admin*');
    expect((await listAudit(HOME, { action: 'programme.open-refused' })).map(({ by }) => by)).toEqual([MIA]);
  });
});

describe('words that are not used are said', () => {
  test.each([
    ['help resellers', '`help` takes no more words: I left out “resellers”.'],
    ['list all of them', '`list` takes no more words: I left out “all of them”.'],
    ['show "Acme Data" please', '`show` takes one name: I left out “please”.'],
    ['setup digest', '`setup` takes no more words: I left out “digest”.'],
  ])('%s', async (words, sentence) => {
    expect(shown(await typed(ANA, words))).toContain(JSON.stringify(sentence).slice(1, -1));
  });
});

describe('mistyped words', () => {
  test.each([
    ['fnid resellers', 'find', 'Companies you asked for'],
    ['serup', 'setup', null],
    ['Lists', 'list', 'Candidates, best first'],
  ])('the command %s', async (words, meant, then) => {
    const said = await typed(ANA, words);
    expect(shown(said)).toContain(`Did you mean *${meant}*?`);
    await product.sandbox.as(ANA).click(said, ACTIONS.commandRun);
    if (!then) return void (await filledModal(ANA));
    await product.sandbox.waitFor(() => product.sandbox.messages({ as: ANA }).find(({ ts, text }) => ts === said.ts && text === then));
  });

  test('a word that is like no other is quoted back, and defused', async () => {
    expect(shown(await written(ANA, '<!channel> quux'))).toContain('I do not know “&lt;!channel”. Here is what I know:');
  });

  test('of `find`: the one that was meant is offered, and asked for with a click', async () => {
    const said = await mentioned(ANA, 'find resselers in Polnad');
    expect(shown(said)).toContain('Did you mean *resellers*, *Poland*?');
    await product.sandbox.as(ANA).click(said, ACTIONS.commandRun);
    const next = await product.sandbox.waitFor(() =>
      product.sandbox.messages({ as: ANA }).find((one) => one.ts === said.ts && shown(one).includes('I understood:* resellers · Poland')),
    );
    expect(shown(next)).not.toContain('Did you mean');
  });
});

describe('names in quotation marks', () => {
  test.each([
    '"Acme Data"',
    '“Acme Data”',
    '„Acme Data“',
    '«Acme Data»',
    '»Acme Data«',
    '‘Acme Data’',
    "'Acme Data'",
    '“Acme Data',
    'Acme Data',
  ])('%s', async (name) => {
    expect((await typed(ANA, `show ${name}`)).text).toBe('Acme Data');
    expect((await written(ANA, `why ${name}`)).text).toBe('Why not Acme Data?');
    await product.sandbox.as(ANA).command(GENERAL, `/partners optout ${name}`);
    expect(JSON.stringify(await filledModal(ANA))).toContain('The company *Acme Data*');
  });

  test('an apostrophe is part of a name', async () => {
    await aCompany({ name: 'Levi’s Dogs’ Home', domain: 'dogs.example' });
    for (const name of ['Levi’s Dogs’ Home', '"Levi’s Dogs’ Home"'])
      expect((await typed(ANA, `show ${name}`)).text).toBe('Levi’s Dogs’ Home');
  });
});

describe('a list dropped into the direct messages', () => {
  const LIST = Buffer.from('Company,Website\nHazelway,hazelway.example\n');
  const dropped = async (who: string, names: string[], words?: string) => {
    const { sandbox } = product;
    const files = await Promise.all(names.map((name) => sandbox.as(who).upload(name, LIST)));
    return answer(who, () => sandbox.as(who).drop(files, words));
  };

  test.each([ANA, MILO])('is offered for import to %s, with its columns first', async (who) => {
    const { sandbox } = product;
    const offer = await dropped(who, ['candidates.csv', 'photo.png'], 'here you are');
    expect(shown(offer)).toContain('Shall I import the companies in *candidates.csv*?');
    expect(shown(offer)).toContain('I left “photo.png” alone');
    expect(shown(offer)).toContain('not the words beside it');
    await sandbox.as(who).click(offer, ACTIONS.importFile);
    const modal = await filledModal(who);
    expect(JSON.stringify(modal)).toContain('*candidates.csv* has 1 row');
    await sandbox.as(who).submit(modal);
    await sandbox.waitFor(() => JSON.stringify(sandbox.modal(who)).includes('Importing. I show the progress'));
  });

  test('by a colleague without the role is refused, and by a person of another company answered with nothing', async () => {
    expect((await dropped(MIA, ['candidates.csv'])).text).toContain('You need the role *manager*');
    expect((await dropped(PIA, ['candidates.csv'])).text).toContain('Ask your contact there');
    expect((await listAudit(HOME, { action: 'companies.import-refused' })).map(({ by }) => by)).toEqual([MIA]);
  });

  test('whose offer somebody presses who is no manager any more is refused', async () => {
    const { sandbox } = product;
    await forgedClick(product, sandbox.sourceOf(MIA), {
      actionId: ACTIONS.importFile,
      value: JSON.stringify({ fileId: 'F1', fileName: 'a.csv' }),
      channel: GENERAL,
    });
    expect(JSON.stringify(await filledModal(MIA))).toContain('You need the role *manager*');
  });

  test('of which Slack tells only the id is asked after; one that is gone is said', async () => {
    const { sandbox } = product;
    const file = await sandbox.as(ANA).upload('candidates.jsonl', LIST);
    const payload = recorded('event-file-share', sandbox.url);
    const post = async (id: unknown) => {
      const hidden = { id, created: 1795446216, timestamp: 1795446216, mode: 'file_access', file_access: 'check_file_info', user: ANA };
      const event = { ...Object(payload.event), files: [hidden], channel: sandbox.dmWith(ANA) };
      const { body, type } = asRequest('event', { ...payload, event, event_id: `Ev${String(id)}` });
      await sandbox.post(body, { ...type, ...sandbox.sign(body) });
    };
    expect(shown(await answer(ANA, () => post(file.id)))).toContain('*candidates.jsonl*');
    expect((await answer(ANA, () => post('F0GONE'))).text).toContain('not in Slack any more');
  });

  test('by the bot itself, as a CSV it sends, is not answered', async () => {
    const { sandbox } = product;
    const payload = recorded('event-file-share', sandbox.url);
    const event = { ...Object(payload.event), user: sandbox.cast.app.botUserId, channel: sandbox.dmWith(ANA) };
    const { body, type } = asRequest('event', { ...payload, event });
    const before = sandbox.calls.length;
    await sandbox.post(body, { ...type, ...sandbox.sign(body) });
    await new Promise((done) => setTimeout(done, 300));
    expect(sandbox.calls.slice(before).map(({ method }) => method)).toEqual([]);
  });
});

describe('somebody who is made a guest', () => {
  test('is refused from Slack’s event on', async () => {
    const { sandbox } = product;
    expect((await typed(MIA, 'list')).text).toBe('Candidates, best first');
    sandbox.answerWith('users.info', () => ({ ok: true, user: { id: MIA, team_id: HOME, is_restricted: true } }));
    const { body, type } = asRequest('event-user-change', recorded('event-user-change', sandbox.url));
    await sandbox.post(body, { ...type, ...sandbox.sign(body) });
    expect((await typed(MIA, 'list')).text).toContain('This is for the team');
    sandbox.answerWith('users.info', null);
    await sandbox.post(body, { ...type, ...sandbox.sign(body) });
  });
});

test('a click that stands for a command shows nothing where others read', async () => {
  const { sandbox } = product;
  const said = await answer(ANA, () => forgedClick(product, sandbox.sourceOf(ANA), { actionId: ACTIONS.commandRun, value: 'list' }));
  expect([said.channel, said.onlyFor, said.text]).toEqual([EXT_QUILLMONT, ANA, 'Candidates, best first']);
  expect(JSON.stringify(sandbox.state(PIA).messages)).not.toContain('Candidates');
});
