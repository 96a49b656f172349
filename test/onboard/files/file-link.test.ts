import { addDays } from 'date-fns';
import { expect, test } from 'vitest';
import { FILE_LINK_DAYS, type FileLink, fileUrl, readFileLink } from '../../../src/onboard/files/file-link.ts';
import { AT, HOME } from '../../support/builders.ts';

const KEY = 'a signing secret';
const LINK: Omit<FileLink, 'untilMs'> = {
  workspaceId: HOME,
  document: { kind: 'acceptance', acceptanceId: 'a1' },
  holder: { kind: 'partner-person', userId: 'U1', partnerId: 'p1' },
};
const tools = { publicUrl: 'https://partners.example/app', linkKey: KEY, now: () => AT };
const tokenOf = (link = LINK, linkKey = KEY) =>
  fileUrl(link, { ...tools, linkKey })
    ?.split('/')
    .at(-1) ?? '';
const [said = '', signature = ''] = tokenOf().split('.');
/** What the token says, said otherwise, under the signature of before. */
const changed = (change: object) =>
  `${Buffer.from(JSON.stringify({ ...LINK, untilMs: addDays(AT, 7).getTime(), ...change })).toString('base64url')}.${signature}`;

test('names one document for one holder until a day, under the public address', () => {
  expect(fileUrl(LINK, tools)).toMatch(/^https:\/\/partners\.example\/app\/files\/[\w-]+\.[\w-]{43}$/);
  expect(readFileLink(tokenOf(), KEY, AT)).toEqual({ ...LINK, untilMs: addDays(AT, FILE_LINK_DAYS).getTime() });
});

test('holds to its last moment and no longer', () => {
  const end = addDays(AT, FILE_LINK_DAYS).getTime();
  expect(readFileLink(tokenOf(), KEY, new Date(end - 1))).not.toBeNull();
  expect(readFileLink(tokenOf(), KEY, new Date(end))).toBeNull();
});

test.each([
  ['nothing', ''],
  ['no signature', said],
  ['an empty signature', `${said}.`],
  ['half a signature', `${said}.${signature.slice(0, 20)}`],
  ['one letter of the signature', `${said}.${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`],
  ['one letter of what is said', `${said.slice(0, -1)}${said.endsWith('A') ? 'B' : 'A'}.${signature}`],
  ['a part more', `${tokenOf()}.more`],
  ['another workspace', changed({ workspaceId: 'T0OTHER' })],
  ['another document', changed({ document: { kind: 'acceptance', acceptanceId: 'a2' } })],
  ['another holder', changed({ holder: { kind: 'person', userId: 'U2' } })],
  ['a later end', changed({ untilMs: addDays(AT, 700).getTime() })],
  ['the key of another installation', tokenOf(LINK, 'another secret')],
  ['the signature of another link', `${said}.${tokenOf({ ...LINK, workspaceId: 'T0OTHER' }).split('.')[1]}`],
  ['far too long', `${'A'.repeat(100_000)}.${signature}`],
])('%s: opens nothing', (_what, token) => {
  expect(readFileLink(token, KEY, AT)).toBeNull();
});

test('without an address or a key there is no link, and none is read', () => {
  expect(fileUrl(LINK, { ...tools, publicUrl: null })).toBeNull();
  expect(fileUrl(LINK, { ...tools, linkKey: null })).toBeNull();
  expect(readFileLink(tokenOf(), null, AT)).toBeNull();
});
