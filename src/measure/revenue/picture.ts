import { createRequire } from 'node:module';

export type Picture = { title: string; categories: readonly string[]; series: readonly { name: string; values: readonly number[] }[] };

/** Their types ask for those of a browser. */
type Api = Parameters<typeof import('echarts').setPlatformAPI>[0];

const WIDTH = 1000;
const HEIGHT = 560;
const LONGEST = 24;
const FONT = 'DejaVu Sans';
const COLOURS = ['#1264a3', '#e8912d', '#2eb67d', '#e01e5a', '#7c3085', '#616061'];

/** A bar chart as PNG, with the fonts that come with the product, so that it looks the same wherever it runs. The libraries are loaded by the first one. */
export async function drawBars({ title, categories, series }: Picture): Promise<Buffer> {
  const { createCanvas, GlobalFonts } = await import('@napi-rs/canvas');
  const find = createRequire(import.meta.url);
  // The whole library in one file, which loads in a third of the time; it has no types of its own.
  const echarts = find('echarts/dist/echarts.min.js') as typeof import('echarts');
  if (!GlobalFonts.has(FONT)) {
    // By it texts are measured, as they are drawn.
    echarts.setPlatformAPI({ createCanvas: (() => createCanvas(1, 1)) as unknown as Api['createCanvas'] });
    for (const file of ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'])
      GlobalFonts.registerFromPath(find.resolve(`dejavu-fonts-ttf/ttf/${file}`), FONT);
  }
  const canvas = createCanvas(WIDTH, HEIGHT);
  // echarts draws on any canvas that has a 2d context; its types ask for a browser's.
  const drawn = echarts.init(canvas as unknown as Parameters<typeof echarts.init>[0], null, {
    width: WIDTH,
    height: HEIGHT,
    renderer: 'canvas',
    devicePixelRatio: 1,
  });
  try {
    drawn.setOption({
      ...{ animation: false, backgroundColor: '#ffffff', color: COLOURS, textStyle: { fontFamily: FONT } },
      title: { text: title, left: 20, top: 14, textStyle: { fontFamily: FONT, fontSize: 20 } },
      legend: { show: true, right: 20, top: 18, textStyle: { fontFamily: FONT, fontSize: 14 } },
      grid: { left: 20, right: 30, top: 80, bottom: 20, containLabel: true },
      xAxis: {
        type: 'category',
        data: categories.map((name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name)),
        axisLabel: { interval: 0, rotate: categories.length > 6 ? 40 : 0, fontFamily: FONT, fontSize: 13 },
      },
      yAxis: { type: 'value', axisLabel: { fontFamily: FONT, fontSize: 13, formatter: (value: number) => value.toLocaleString('en-GB') } },
      series: series.map(({ name, values }) => ({ type: 'bar', name, data: [...values], barMaxWidth: 60 })),
    });
    return canvas.toBuffer('image/png');
  } finally {
    drawn.dispose();
  }
}
