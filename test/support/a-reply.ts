import { randomUUID } from 'node:crypto';
import type { Reply } from '../../src/recruit/replies/reply.ts';
import { AT, HOME } from './builders.ts';

export const aReply = (given: Partial<Reply> = {}): Reply => ({
  id: randomUUID(),
  workspaceId: HOME,
  threadId: 'thread',
  draftId: 'draft',
  companyId: 'company',
  companyName: 'Peatworks',
  writtenTo: 'dana@peatworks.example',
  matchedBy: 'message-id',
  from: { name: 'Dana Reed', address: 'dana@peatworks.example' },
  subject: 'Re: Hello',
  text: 'Who are you?',
  quoted: '',
  isCut: false,
  attachments: 0,
  isAutomatic: false,
  bounce: null,
  messageId: null,
  receivedAt: AT,
  kind: 'other',
  sentence: '',
  laterUntil: null,
  namedContact: null,
  correctedBy: null,
  settledAt: null,
  updatedAt: AT,
  ...given,
});
