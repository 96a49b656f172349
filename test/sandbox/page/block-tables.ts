import type { DataTableBlock, TableBlock } from '@slack/types';
import { h } from './h.ts';
import { richText } from './rich-text.ts';

type Cell = TableBlock['rows'][number][number];

/** Slack's default of a data table's page. Source: data_table block reference. */
const DEFAULT_PAGE_SIZE = 5;

function cellNode(cell: Cell): Node | string {
  return cell.type === 'rich_text' ? richText(cell) : cell.text;
}

/** The first row is the head, as in Slack. */
export function tableBlock(block: TableBlock): HTMLElement {
  const rows = block.rows.map((cells, index) =>
    h(
      'tr',
      {},
      ...cells.map((cell, column) => {
        const settings = block.column_settings?.[column];
        return h(
          index ? 'td' : 'th',
          { class: `align-${settings?.align ?? 'left'} ${settings?.is_wrapped ? 'wrapped' : ''}` },
          cellNode(cell),
        );
      }),
    ),
  );
  return h('div', { class: 'table-frame' }, h('table', {}, ...rows));
}

/** A table in pages, sorted by a click on a column's head. */
export function dataTableBlock(block: DataTableBlock): HTMLElement {
  const [head = [], ...rows] = block.rows;
  const size = block.page_size ?? DEFAULT_PAGE_SIZE;
  const last = Math.max(0, Math.ceil(rows.length / size) - 1);
  let sorted = rows;
  let page = 0;
  const body = h('tbody');
  const place = h('span', { 'aria-live': 'polite' });
  const turn = (step: number, label: string) =>
    h('button', { type: 'button', class: 'button', on: { click: () => show(page + step) } }, label);
  const previous = turn(-1, 'Previous');
  const next = turn(1, 'Next');
  const heads = sortableHeads(head, (column, down) => {
    sorted = rows.toSorted((a, b) => compare(a[column], b[column]) * (down ? -1 : 1));
    show(0);
  });
  function show(wanted: number): void {
    page = Math.min(Math.max(wanted, 0), last);
    const shown = sorted.slice(page * size, (page + 1) * size);
    body.replaceChildren(...shown.map((cells) => dataRow(cells, block.row_header_column_index)));
    place.textContent = `Page ${page + 1} of ${last + 1}, ${rows.length} rows`;
    previous.disabled = page === 0;
    next.disabled = page === last;
  }
  show(0);
  const pages = last > 0 && h('div', { class: 'pages' }, previous, next, place);
  return h(
    'div',
    { class: 'table-frame' },
    h('table', {}, h('caption', {}, block.caption), h('thead', {}, h('tr', {}, ...heads)), body),
    pages,
  );
}

function dataRow(cells: Cell[], rowHead: number | undefined): HTMLElement {
  return h('tr', {}, ...cells.map((cell, column) => h(column === rowHead ? 'th' : 'td', { class: align(cell) }, cellNode(cell))));
}

/** A first click sorts upwards, the next one downwards. */
function sortableHeads(head: Cell[], sort: (column: number, down: boolean) => void): HTMLElement[] {
  const heads = head.map((cell, column) => {
    const onClick = () => {
      const down = heads[column]?.ariaSort === 'ascending';
      for (const other of heads) other.ariaSort = 'none';
      const own = heads[column];
      if (own) own.ariaSort = down ? 'descending' : 'ascending';
      sort(column, down);
    };
    return h('th', { scope: 'col' }, h('button', { type: 'button', class: 'plain', on: { click: onClick } }, cellNode(cell)));
  });
  return heads;
}

const align = (cell: Cell): string => (cell.type === 'raw_number' ? 'align-right' : 'align-left');

function compare(a: Cell | undefined, b: Cell | undefined): number {
  if (a?.type === 'raw_number' && b?.type === 'raw_number') return a.value - b.value;
  return plain(a).localeCompare(plain(b), 'en-GB', { numeric: true });
}

const plain = (cell: Cell | undefined): string => (!cell ? '' : cell.type === 'rich_text' ? JSON.stringify(cell.elements) : cell.text);
