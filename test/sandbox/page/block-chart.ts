import { h } from './h.ts';

/** A `data_visualization` block of bars; Slack's own types do not know it yet. Source: data_visualization block reference. */
export type ChartBlock = {
  type: 'data_visualization';
  title: string;
  chart: { type: 'bar'; series: { name: string; data: { label: string; value: number }[] }[]; axis_config: { categories: string[] } };
};

export function isChart(block: { type: string }): block is ChartBlock {
  return block.type === 'data_visualization' && 'chart' in block;
}

/** Groups of bars over one scale, with the values where the pointer rests and for who cannot see them. */
export function chartBlock({ title, chart: { series, axis_config: axis } }: ChartBlock): HTMLElement {
  const highest = Math.max(1, ...series.flatMap(({ data }) => data.map(({ value }) => Math.abs(value))));
  const bar = (place: number, label: string) => {
    const { name, data } = series[place] ?? { name: '', data: [] };
    const value = data.find((point) => point.label === label)?.value ?? 0;
    const words = `${label}, ${name}: ${value.toLocaleString('en')}`;
    const height = `height: ${Math.round((100 * Math.abs(value)) / highest)}%`;
    return h('span', { class: `chart-bar chart-series-${place}`, style: height, title: words, role: 'img', 'aria-label': words });
  };
  const groups = axis.categories.map((label) =>
    h(
      'div',
      { class: 'chart-group' },
      h('div', { class: 'chart-bars' }, ...series.map((_, place) => bar(place, label))),
      h('span', { class: 'chart-label' }, label),
    ),
  );
  const legend = series.map(({ name }, place) => h('span', { class: 'chart-key' }, h('i', { class: `chart-series-${place}` }), name));
  return h(
    'figure',
    { class: 'panel chart' },
    h('figcaption', { class: 'panel-title' }, title),
    h('div', { class: 'chart-groups' }, ...groups),
    h('div', { class: 'muted' }, ...legend),
  );
}
