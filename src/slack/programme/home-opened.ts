import type { Deps } from '../../deps.ts';
import { resolveActor } from '../actor.ts';
import type { SlackEvent } from '../listener.ts';
import { showHome } from './home-page.ts';

export const onHomeOpened =
  (_deps: Deps) =>
  async (args: SlackEvent<'app_home_opened'>): Promise<void> => {
    if (args.event.tab !== 'home') return;
    await showHome(args.client, await resolveActor(args));
  };
