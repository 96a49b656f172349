import type { Deps } from '../../deps.ts';
import { addReplacement, dismissReplacement, removeReplacement } from '../../recruit/style/change-style.ts';
import { Replacement } from '../../recruit/writing/manner.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, ownModal } from '../modal.ts';
import { styleView } from './style-pages.ts';

/** Does what the button says and shows the page as it is then, in the modal the button is in. */
const showAfter =
  (change: typeof addReplacement) =>
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, 'House style');
    const actor = await resolveActor(args);
    await change(actor, Replacement.parse(JSON.parse(args.action.value ?? '')), now());
    await fillModal(args.client, opened, await styleView(actor));
  };

export const onAddReplacement = showAfter(addReplacement);
export const onDismissReplacement = showAfter(dismissReplacement);
export const onRemoveReplacement = showAfter(removeReplacement);
