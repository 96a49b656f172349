import type { Deps } from '../../deps.ts';
import { SetupStep } from '../../programme/setup/programme.ts';
import type { ButtonClick } from '../listener.ts';
import { openImport, openSetup } from './open-forms.ts';

export const onOpenSetup =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    await openSetup(args, args.body.trigger_id, SetupStep.catch('company').parse(args.action.value), deps);
  };

export const onOpenImport =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    await openImport(args, args.body.trigger_id, deps);
  };
