import { randomBytes } from 'node:crypto';
import { withIds } from './block-ids.ts';
import type { SandboxView } from './contract.ts';
import { type Json, jsonOf, parsed, textOf } from './json.ts';
import { changed, findPerson, type Trigger, type World } from './world.ts';

const TRIGGER_LIFE_MS = 3000;
const DEEPEST = 3;

/** A trigger for one opening of a view within three seconds. `viewId` is the modal it was taken in, for views.push. */
export function newTrigger(world: World, personId: string, viewId: string | null): string {
  const id = `${Date.now()}.${world.triggers.size + 1}.${randomBytes(16).toString('hex')}`;
  world.triggers.set(id, { personId, viewId, expiresAt: Date.now() + TRIGGER_LIFE_MS, used: false });
  return id;
}

export const stackOf = (world: World, personId: string): SandboxView[] => world.modals.get(personId) ?? [];

export function findOpen(world: World, match: (view: SandboxView) => boolean): { personId: string; view: SandboxView } | undefined {
  for (const [personId, stack] of [...world.modals, ...[...world.homes].map(([id, home]): [string, SandboxView[]] => [id, [home]])]) {
    const view = stack.find(match);
    if (view) return { personId, view };
  }
  return undefined;
}

export function openView(world: World, args: Json): Json {
  const trigger = take(world, args);
  if (typeof trigger === 'string') return { ok: false, error: trigger };
  const view = parsed(args.view);
  if (taken(world, view, null)) return { ok: false, error: 'duplicate_external_id' };
  return shown(world, trigger.personId, view, []);
}

export function pushView(world: World, args: Json): Json {
  const trigger = take(world, args);
  if (typeof trigger === 'string') return { ok: false, error: trigger };
  const stack = stackOf(world, trigger.personId);
  if (!stack.some((view) => view.id === trigger.viewId)) return { ok: false, error: 'not_found' };
  return pushOnto(world, trigger.personId, parsed(args.view));
}

/** Also what `response_action: push` does. */
export function pushOnto(world: World, personId: string, view: unknown): Json {
  const stack = stackOf(world, personId);
  if (stack.length >= DEEPEST) return { ok: false, error: 'push_limit_reached' };
  if (taken(world, view, null)) return { ok: false, error: 'duplicate_external_id' };
  return shown(world, personId, view, stack);
}

export function updateView(world: World, args: Json): Json {
  const externalId = textOf(args.external_id);
  const found = findOpen(world, (view) =>
    args.view_id ? view.id === args.view_id : externalId !== '' && externalIdOf(view) === externalId,
  );
  if (!found) return { ok: false, error: 'not_found' };
  if (args.hash && args.hash !== found.view.hash) return { ok: false, error: 'hash_conflict' };
  const next = parsed(args.view);
  if (jsonOf(next).type !== found.view.type) return { ok: false, error: 'invalid_arguments' };
  if (taken(world, next, found.view.id)) return { ok: false, error: 'duplicate_external_id' };
  return { ok: true, view: replaceView(world, found.view, next) };
}

/** Changes the open view in place: whoever holds it sees the new one. */
export function replaceView(world: World, view: SandboxView, next: unknown): SandboxView {
  Object.assign(view, contentOf(next), { hash: newHash() });
  changed(world);
  return view;
}

export function publishHome(world: World, args: Json): Json {
  const personId = textOf(args.user_id);
  if (!findPerson(world, personId)) return { ok: false, error: 'user_not_found' };
  const old = world.homes.get(personId);
  if (old && args.hash && args.hash !== old.hash) return { ok: false, error: 'hash_conflict' };
  const view = build(world, personId, parsed(args.view), null, old?.id);
  world.homes.set(personId, view);
  changed(world);
  return { ok: true, view };
}

/** Closes the view and everything above it; `all` closes the whole stack. */
export function closeView(world: World, personId: string, viewId: string, all: boolean): void {
  const stack = stackOf(world, personId);
  const at = stack.findIndex((view) => view.id === viewId);
  if (at >= 0) world.modals.set(personId, all ? [] : stack.slice(0, at));
  changed(world);
}

function take(world: World, args: Json): Trigger | string {
  const trigger = world.triggers.get(textOf(args.trigger_id) || textOf(args.interactivity_pointer));
  if (!trigger) return 'invalid_trigger_id';
  if (trigger.used) return 'exchanged_trigger_id';
  if (trigger.expiresAt < Date.now()) return 'expired_trigger_id';
  trigger.used = true;
  return trigger;
}

function taken(world: World, view: unknown, except: string | null): boolean {
  const externalId = textOf(jsonOf(view).external_id);
  return externalId !== '' && findOpen(world, (open) => externalIdOf(open) === externalId && open.id !== except) !== undefined;
}

const externalIdOf = (view: SandboxView): string => textOf(jsonOf(view).external_id);

function shown(world: World, personId: string, given: unknown, below: SandboxView[]): Json {
  const view = build(world, personId, given, below.at(-1) ?? null);
  world.modals.set(personId, [...below, view]);
  changed(world);
  return { ok: true, view };
}

function build(world: World, personId: string, given: unknown, below: SandboxView | null, oldId?: string): SandboxView {
  const { app, team } = world.cast;
  const id = oldId ?? `V${randomBytes(5).toString('hex').toUpperCase()}`;
  const home = jsonOf(given).type === 'home';
  return {
    ...contentOf(given),
    id,
    hash: newHash(),
    // A view belongs to the workspace of the person who looks at it; where the app is installed is said beside it.
    team_id: home ? team.id : (findPerson(world, personId)?.teamId ?? team.id),
    app_installed_team_id: team.id,
    app_id: app.id,
    bot_id: app.botId,
    root_view_id: below ? textOf(jsonOf(below).root_view_id) : id,
    previous_view_id: below?.id ?? null,
    // The checker has read `type` and `blocks`, which is all the page needs to be sure of.
  } as unknown as SandboxView;
}

/** The parts an app sets, with Slack's value for those it left out. */
function contentOf(given: unknown): Json {
  const view = jsonOf(given);
  return {
    type: view.type,
    title: view.title ?? null,
    submit: view.submit ?? null,
    close: view.close ?? null,
    blocks: withIds(view.blocks),
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: view.external_id ?? '',
    state: { values: {} },
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
  };
}

const newHash = (): string => `${Math.floor(Date.now() / 1000)}.${randomBytes(4).toString('hex')}`;
