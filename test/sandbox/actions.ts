import { allBlocks, elementsOf } from './block-ids.ts';
import type { Person } from './cast.ts';
import type { SandboxAction, SandboxMessage, SandboxView } from './contract.ts';
import { postPayload } from './delivery.ts';
import { type Json, jsonOf } from './json.ts';
import { messageJson } from './messages.ts';
import { fine, type Outcome, refused } from './outcome.ts';
import { blockActions, messagePlace, viewPlace } from './payloads.ts';
import { newResponseUrl } from './response-url.ts';
import { visibleMessages } from './state.ts';
import { newTrigger, stackOf } from './views.ts';
import { sourceOf, type World } from './world.ts';

const GONE = 'That is no longer there.';

/** Clicks or chooses, in what the person can see at this moment; `stale` also what a message or view no longer shows. */
export async function act(world: World, actor: Person, action: SandboxAction, stale = false): Promise<Outcome> {
  const { from } = action;
  if (from.kind === 'message') {
    const message = visibleMessages(world, actor.id, from.channel).find(({ ts }) => ts === from.ts);
    return message && (stale || holds(message.blocks, action)) ? actInMessage(world, actor, message, action) : refused(GONE);
  }
  const view = visibleView(world, actor.id, from.viewId);
  return view && (stale || holds(view.blocks, action)) ? actInView(world, actor, view, action) : refused(GONE);
}

/** The view with this id that the person has open: a modal or their Home tab. */
export function visibleView(world: World, personId: string, viewId: string): SandboxView | undefined {
  return [...stackOf(world, personId), world.homes.get(personId)].find((view) => view?.id === viewId);
}

function holds(blocks: unknown, { blockId, element }: SandboxAction): boolean {
  const block = allBlocks(blocks).find(({ block_id }) => block_id === blockId);
  return block !== undefined && elementsOf(block).some(({ action_id }) => action_id === element.action_id);
}

function actInMessage(world: World, actor: Person, message: SandboxMessage, action: SandboxAction): Promise<Outcome> {
  const channel = world.channels.get(message.channel);
  const ephemeral = message.onlyFor !== null;
  const place = messagePlace({
    channel: { id: message.channel, name: channel?.kind === 'dm' ? 'directmessage' : (channel?.name ?? '') },
    message: messageJson(world, message),
    ephemeral,
    values: action.values ?? {},
    responseUrl: newResponseUrl(world, message.channel, actor.id, { ts: message.ts, ephemeral }),
  });
  return sendAction(world, actor, action, place, null);
}

function actInView(world: World, actor: Person, view: SandboxView, action: SandboxAction): Promise<Outcome> {
  return sendAction(world, actor, action, viewPlace(jsonOf(view), action.values ?? {}), view.type === 'modal' ? view.id : null);
}

async function sendAction(world: World, actor: Person, action: SandboxAction, place: Json, modal: string | null): Promise<Outcome> {
  const triggerId = newTrigger(world, actor.id, modal);
  const given = { action: { ...action.element, block_id: action.blockId }, triggerId, place };
  const answer = await postPayload(world, blockActions(sourceOf(world, actor), given));
  return answer.failure ? refused(`This action failed with the error "${answer.failure}"`) : fine;
}
