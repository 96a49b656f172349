import { renderBlocks } from './blocks.ts';
import { send, state } from './client.ts';
import { formOf } from './form.ts';
import { h } from './h.ts';

export type HomeTab = { node: HTMLElement; show(visible: boolean): void };

/** The app's Home tab; the app is told each time it is opened. */
export function createHomeTab(): HomeTab {
  const body = h('div', { class: 'scroll home', tabindex: 0, role: 'region', 'aria-label': 'Home tab', 'data-testid': 'home' });
  const empty = h('p', { class: 'muted empty' }, 'The app has not published a Home tab for you yet.');
  const head = h('header', { class: 'pane-head' }, h('h2', {}, 'Home'));
  const content = h('div', { class: 'home-content' });
  body.append(empty, content);
  const node = h('section', { class: 'pane' }, head, body);
  let open = false;
  return {
    node,
    show(visible) {
      node.hidden = !visible;
      if (visible && !open) void send('home', {});
      open = visible;
      const { home } = state();
      empty.hidden = home !== null;
      if (visible && home) renderBlocks(content, home.blocks, formOf({ kind: 'view', viewId: home.id }));
    },
  };
}
