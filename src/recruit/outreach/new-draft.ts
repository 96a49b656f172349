import { randomUUID } from 'node:crypto';
import type { Company } from '../../programme/companies/company.ts';
import type { Sender } from '../../programme/setup/programme.ts';
import { newOptOutToken } from '../opt-out/opt-out-link-repository.ts';
import { languageOf } from '../writing/writing.ts';
import type { Draft, DraftKind, StoredContact } from './draft.ts';

/** A draft whose text is not written yet. */
export function newDraft(
  company: Pick<Company, 'id' | 'workspaceId' | 'name'>,
  {
    contact,
    sender,
    threadId,
    kind,
    touch,
    references,
    answers = null,
    pointedBy,
  }: Pick<Draft, 'threadId' | 'kind' | 'touch' | 'references'> & {
    answers?: Draft['answers'];
    pointedBy?: string | undefined;
    contact: StoredContact;
    sender: Sender;
    kind: DraftKind;
  },
  by: string,
  at: Date,
): Draft {
  return {
    id: randomUUID(),
    workspaceId: company.workspaceId,
    companyId: company.id,
    companyName: company.name,
    threadId,
    kind,
    touch,
    references,
    answers,
    ...(pointedBy ? { pointedBy } : {}),
    version: 1,
    status: 'writing',
    contact,
    sender: senderOf(sender),
    language: languageOf(contact.country),
    subject: '',
    body: '',
    footer: '',
    notice: '',
    english: '',
    claims: [],
    written: null,
    writer: null,
    note: null,
    optOutToken: newOptOutToken(),
    startedBy: by,
    startedAt: at,
    writtenAt: at,
    editedBy: null,
    approval: null,
    decidedBy: null,
    decidedAt: null,
    messageId: null,
    doubts: [],
    sentAt: null,
    claim: null,
    hold: null,
    releasedBy: null,
    attempts: 0,
    policy: null,
    response: '',
    updatedAt: at,
  };
}

/** As a message names it; set-up of an earlier day may hold capitals. */
export function senderOf({ name, address }: Sender): Draft['sender'] {
  return { name, address: address.toLowerCase() };
}
