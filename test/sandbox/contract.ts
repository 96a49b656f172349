/** What the sandbox's server tells its page and what the page may ask of it. Types only. */
import type { KnownBlock, View } from '@slack/types';

export type Persona = {
  id: string;
  name: string;
  /** Shown under the name: `admin`, `manager`, `member`, `partner company`. */
  title: string;
  teamId: string;
  /** The company they work for. */
  teamName: string;
  /** Works for a partner company: meets the bot only in shared channels and direct messages. */
  external: boolean;
};

export type SandboxChannel = {
  id: string;
  /** Without `#`; for a direct message the other side's name. */
  name: string;
  kind: 'public' | 'private' | 'dm';
  /** Shared with another company through Slack Connect. */
  shared: boolean;
  /** Nobody can write there any more. */
  archived: boolean;
};

/** An invitation to a shared channel, as far as one persona has to do with it. */
export type SandboxInvitation = {
  id: string;
  /** Without `#`. */
  channel: string;
  /** The company that invites. */
  from: string;
  /** The company that is invited. */
  to: string;
  /** The company whose admin has to approve it. */
  approver: string;
  step: 'open' | 'expired' | 'waits' | 'to-approve';
};

/** Somebody without Slack: what is mailed to them can be read in the mailbox. */
export type SandboxMailbox = { name: string; address: string; company: string };

export type SandboxMessage = {
  channel: string;
  ts: string;
  threadTs: string | null;
  userId: string;
  text: string;
  blocks: KnownBlock[];
  /** Seen by one person only; `onlyFor` is that person's id. */
  onlyFor: string | null;
  edited: boolean;
  /** Files sent with it. */
  files: SandboxFile[];
  pinned: boolean;
};

export type SandboxFile = { id: string; name: string; size: number };

export type SandboxView = View & { id: string; hash: string };

/** Everything one persona can see at this moment. */
export type SandboxState = {
  version: number;
  me: Persona;
  personas: Persona[];
  /** Every user and channel by id, for `<@U…>` and `<#C…>` in text and for selects. */
  users: Record<string, { name: string; teamId: string; external: boolean; bot: boolean }>;
  channels: SandboxChannel[];
  messages: SandboxMessage[];
  /** Open modals, the topmost last. */
  modals: SandboxView[];
  home: SandboxView | null;
  invitations: SandboxInvitation[];
  mail: SandboxMail[];
  mailboxes: SandboxMailbox[];
};

export type SandboxMail = {
  id: string;
  at: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  headers: Record<string, string>;
  /** What its recipient did with it, oldest first. */
  answers: MailAnswer[];
};

/** `status` is what the app answered over HTTP, 0 when nothing was asked or it did not answer; `said` is a sentence for the page. */
export type MailAnswer = { did: 'reply' | 'away' | 'unsubscribe' | 'bounce'; at: string; status: number; said: string };

/** A click or a choice, in a message, a modal or the Home tab. */
export type SandboxAction = {
  blockId: string;
  /** The element's part of Slack's payload: `type`, `action_id`, `value` or `selected_…`. */
  element: Record<string, unknown>;
  from: { kind: 'message'; channel: string; ts: string } | { kind: 'view'; viewId: string };
  /** Values of a view's inputs at the moment of the click. */
  values?: ViewValues;
};

/** `view.state.values`: block_id → action_id → Slack's element state. */
export type ViewValues = Record<string, Record<string, Record<string, unknown>>>;

/** What the page sends; `as` is the persona's id. Every answer is `{ ok: true, … }` or `{ ok: false, error: sentence }`.
 *  GET  /sandbox/state?as=U…      → SandboxState
 *  GET  /sandbox/events?as=U…     → server-sent events, `data: <version>` whenever the state changed
 *  POST /sandbox/command          { as, channel, text }        text starts with `/`
 *  POST /sandbox/message          { as, channel, text, threadTs?, files? }   files as /sandbox/upload gave them
 *  POST /sandbox/action           { as, action: SandboxAction }
 *  POST /sandbox/submit           { as, viewId, values }       → { ok, errors?: block_id → sentence }
 *  POST /sandbox/close            { as, viewId }
 *  POST /sandbox/home             { as }                       opened the Home tab
 *  POST /sandbox/upload?as=&name= raw bytes                    → { ok, file: { id, name, size, … } } for a file_input's `files`
 *  GET  /sandbox/file?as=&id=     → the bytes of a file of a message this persona can see
 *  POST /sandbox/mail             { as, mail, did, text? }     plays its recipient: `did` as in MailAnswer → { ok, answer }
 *  POST /sandbox/invitation       { as, id, did, approval? }   did: accept, decline, approve, deny; approval by `ours` or `theirs`
 *  POST /sandbox/rate-limit       { method, seconds }          answer 429 to this Web API method for so long
 */
export type SubmitAnswer = { ok: boolean; error?: string; errors?: Record<string, string> };
