import { expect, test } from 'vitest';
import type { SandboxState } from '../contract.ts';
import { mailHash, messageHash, readRoute } from './route.ts';

const me = { id: 'U1', name: 'Ana', title: 'admin', teamId: 'T1', teamName: 'Larkspur', external: false };
const channel = (id: string) => ({ id, name: id.toLowerCase(), kind: 'public' as const, shared: false, archived: false });
const message = (ts: string, threadTs: string | null) => {
  return { channel: 'C2', ts, threadTs, userId: 'U1', text: 'hello', blocks: [], onlyFor: null, edited: false, files: [], pinned: false };
};
const state: SandboxState = {
  version: 1,
  me,
  personas: [me],
  users: {},
  channels: [channel('C1'), channel('C2')],
  messages: [message('1700000000.000001', null), message('1700000001.000002', '1700000000.000001')],
  modals: [],
  home: null,
  invitations: [],
  mail: [],
  mailboxes: [],
};

const at = (hash: string) => readRoute(hash, state);

test('a link to a reply opens its thread, a link to a root message does not', () => {
  const reply = { kind: 'channel', channel: 'C2', thread: '1700000000.000001', highlight: '1700000001.000002' };
  expect(at(messageHash('C2', '1700000001.000002'))).toEqual(reply);
  expect(at(messageHash('C2', '1700000000.000001'))).toEqual({ ...reply, thread: null, highlight: '1700000000.000001' });
});

test.each(['', '#', '#nowhere', '#C9', '#C9/p1700000000000001', '#C1/p12', '#C1/x1700000000000001', '#%', '#mailbox'])(
  '%s shows the first channel',
  (hash) => {
    expect(at(hash)).toEqual({ kind: 'channel', channel: 'C1', thread: null, highlight: null });
  },
);

test('the mailbox is not for people of another company', () => {
  expect(at(mailHash('a/b <c>'))).toEqual({ kind: 'mail', mail: 'a/b <c>', of: null });
  expect(at('#mail/%')).toEqual({ kind: 'mail', mail: null, of: null });
  expect(readRoute('#mail', { ...state, me: { ...me, external: true } }).kind).toBe('channel');
});

test('the mailbox of somebody without Slack shows theirs alone', () => {
  expect(at(mailHash('a/b', 'wanda@woldwright.example'))).toEqual({ kind: 'mail', mail: 'a/b', of: 'wanda@woldwright.example' });
  expect(at(mailHash(undefined, 'wanda@woldwright.example'))).toEqual({ kind: 'mail', mail: null, of: 'wanda@woldwright.example' });
});

test('somebody in no channel at all still gets a page', () => {
  expect(readRoute('', { ...state, channels: [] })).toEqual({ kind: 'channel', channel: '', thread: null, highlight: null });
});
