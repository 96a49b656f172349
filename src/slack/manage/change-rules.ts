import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { badLineWords, CHANGED_MEANWHILE, RULES_SAVED, RULES_TITLE, rulesForm } from '../../../blocks/manage/rules-form.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { changeDealRules, openDealRules } from '../../manage/deal-rules/change-rules.ts';
import { RULE_FIELDS, readRules, type TypedRules, typedRules } from '../../manage/deal-rules/typed-rules.ts';
import { listTiers } from '../../onboard/partners/partner-repository.ts';
import { resolveActor } from '../actor.ts';
import { demandInternalChannel } from '../audience.ts';
import { carried, formValues } from '../form.ts';
import { beforeAck, type Caller, type ViewSubmission } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';

/** `/partners rules`, for admins. */
export async function openRules(args: Caller, triggerId: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, RULES_TITLE);
  const rules = await openDealRules(await resolveActor(args), now());
  await fillModal(args.client, opened, rulesForm({ typed: typedRules(rules), channel: rules.channel, rev: rules.rev }));
}

const Metadata = z.object({ rev: z.number().int() });
const Typed = z.object({
  ...Object.fromEntries(RULE_FIELDS.map((field) => [field, z.string().optional()])),
  channel: z.string().optional(),
});

/** Faults are said beside their fields, a line each; what was typed stays, also when somebody else has saved meanwhile. */
export const onChangeRules =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, client, view } = args;
    const actor = await resolveActor(args);
    const seen = await openDealRules(actor, now());
    const { channel = null, ...said } = Typed.parse(formValues(view));
    const typed: TypedRules = said;
    const tiers = await listTiers(actor.workspaceId);
    const { rules, bad } = readRules(typed, seen, tiers);
    if (bad.length > 0) return ack({ response_action: 'errors', errors: badLineWords(bad, tiers) });
    try {
      // One that was chosen before is not asked about again: it is at each post.
      if (channel && channel !== seen.channel) await demandInternalChannel(client, actor.workspaceId, channel);
      await changeDealRules(actor, { ...rules, channel, ...carried(Metadata, view.private_metadata) }, now());
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, details } = error;
      if (code === 'channel-shared' || code === 'channel-unreachable')
        return ack({ response_action: 'errors', errors: { channel: refusalSentence(code, details) } });
      if (code !== 'rules-changed') throw error;
      const { rev } = await openDealRules(actor, now());
      return ack({ response_action: 'update', view: rulesForm({ typed, channel, rev, notice: CHANGED_MEANWHILE }) });
    }
    await ack({ response_action: 'update', view: noticeModal(RULES_TITLE, RULES_SAVED) });
  };
