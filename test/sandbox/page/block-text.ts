import type { ActionsBlock, ContextActionsBlock, ContextBlock, SectionBlock } from '@slack/types';
import { feedbackButtons, iconButton } from './element-button.ts';
import { renderElement } from './elements.ts';
import type { Form, Slot } from './form.ts';
import { h } from './h.ts';
import { image } from './images.ts';
import { textNodes } from './mrkdwn.ts';

/** The place of an element whose every change is sent to the app. */
export function liveSlot(form: Form, blockId: string, actionId: string | undefined): Slot {
  return { form, blockId, actionId: actionId ?? '', dispatches: true, labelId: null, clearable: false };
}

export function sectionBlock(block: SectionBlock, blockId: string, form: Form): HTMLElement {
  const { accessory, fields, text } = block;
  const actionId = accessory && 'action_id' in accessory ? accessory.action_id : undefined;
  return h(
    'div',
    { class: accessory ? 'with-accessory' : '' },
    h(
      'div',
      { class: 'section-text' },
      text && h('div', {}, textNodes(text)),
      fields && h('div', { class: 'fields' }, ...fields.map((field) => h('div', {}, textNodes(field)))),
    ),
    accessory && h('div', { class: 'accessory' }, renderElement(accessory, liveSlot(form, blockId, actionId))),
  );
}

export function contextBlock(block: ContextBlock): HTMLElement {
  const parts = block.elements.map((element) =>
    element.type === 'image' ? image(element, 'context-image') : h('span', {}, textNodes(element)),
  );
  return h('div', {}, ...parts);
}

export function actionsBlock(block: ActionsBlock, blockId: string, form: Form): HTMLElement {
  return h('div', {}, ...block.elements.map((element) => renderElement(element, liveSlot(form, blockId, element.action_id))));
}

export function contextActionsBlock(block: ContextActionsBlock, blockId: string, form: Form): HTMLElement {
  const parts = block.elements.flatMap((element) => {
    const slot = liveSlot(form, blockId, element.action_id);
    return element.type === 'icon_button' ? [iconButton(element, slot)] : feedbackButtons(element, slot);
  });
  return h('div', {}, ...parts);
}
