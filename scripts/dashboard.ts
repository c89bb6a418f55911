import { resolve } from '../hooks/drift/resolve';
import type { Target } from '../hooks/stage/target';
import { compiledStack } from '../test/support/compiled-stack';

interface Widget {
  readonly type: 'alarm' | 'metric';
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly stat?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

/** The parameters of the stage that is shown: one stream, an access log and a canary. */
const STAGE = { streams: 'orders', canary: 'rate(5 minutes)' };

/** The dashboard's body as CloudWatch gets it, of a stage that has everything. */
export function dashboardBody(): { readonly widgets: readonly Widget[] } {
  const template = compiledStack(STAGE);
  const stack = { template, physicalIds: {}, partition: 'aws', accountId: '123456789012' };
  const { DashboardBody: body } = (template.Resources.Dashboard?.Properties ?? {}) as {
    readonly DashboardBody?: unknown;
  };
  return JSON.parse(String(resolve(body, { region: 'us-east-1' } as Target, stack as never)));
}

const COLUMNS = 24;
/** Pixels to a unit of CloudWatch's grid, and between widgets. */
const UNIT = 40;
const GAP = 8;
const COLOURS = ['#1f77b4', '#ff7f0e', '#2ca02c'];

interface Placed {
  readonly widget: Widget;
  readonly x: number;
  readonly y: number;
}

/** Places widgets as CloudWatch does those without a place: row by row, from the left. */
export function placed(widgets: readonly Widget[]): Placed[] {
  const result: Placed[] = [];
  let [x, y, rowHeight] = [0, 0, 0];
  for (const widget of widgets) {
    if (x + widget.width > COLUMNS) {
      y += rowHeight;
      [x, rowHeight] = [0, 0];
    }
    result.push({ widget, x, y });
    x += widget.width;
    rowHeight = Math.max(rowHeight, widget.height);
  }
  return result;
}

/** The dashboard as a drawing: where each graph is and which metrics it has. Its curves are made up. */
export function dashboardDrawing(): string {
  const places = placed(dashboardBody().widgets);
  const height = Math.max(...places.map(({ y, widget }) => y + widget.height)) * UNIT;
  const width = COLUMNS * UNIT;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="12">
<title>The dashboard of a stage: its alarms in a row, and graphs of its metrics</title>
<!-- Written by npm run generate from resources/dashboard.ts -->
<rect width="${width}" height="${height}" fill="#f2f3f3"/>
${places.map(drawn).join('\n')}
</svg>
`;
}

function drawn({ widget, x, y }: Placed): string {
  const { title, alarms } = widget.properties;
  const w = widget.width * UNIT - GAP;
  const h = widget.height * UNIT - GAP;
  const content = alarms === undefined ? graph(widget, w, h) : alarmRow(alarms, w);
  return `<g transform="translate(${x * UNIT + GAP / 2} ${y * UNIT + GAP / 2})">
<rect width="${w}" height="${h}" rx="4" fill="#fff" stroke="#d5dbdb"/>
<text x="12" y="24" font-weight="bold" fill="#16191f">${escaped(title)}</text>
${content}
</g>`;
}

/** Each alarm as a box, two rows of them. */
function alarmRow(alarms: readonly string[], width: number): string {
  const perRow = Math.ceil(alarms.length / 2);
  const step = (width - 24) / perRow;
  return alarms
    .map((arn, index) => {
      const name = arn.slice(arn.lastIndexOf(':') + 1).replace(/Alarm$/, '');
      const x = 12 + (index % perRow) * step;
      const y = 36 + Math.floor(index / perRow) * 36;
      return `<rect x="${x}" y="${y}" width="${step - 8}" height="28" rx="3" fill="#e6f5ea" stroke="#1d8102"/>
<text x="${x + 8}" y="${y + 18}" fill="#16191f">${escaped(name)}</text>`;
    })
    .join('\n');
}

function graph({ properties: { metrics = [], stat = '' } }: Widget, width: number, height: number) {
  const bottom = height - 18 - metrics.length * 18;
  const axes = `<path d="M12 40V${bottom}H${width - 12}" fill="none" stroke="#aab7b8"/>`;
  const lines = metrics.map((metric, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const y = bottom + 20 + index * 18;
    return `<path d="${curve(index, width, bottom)}" fill="none" stroke="${colour}" stroke-width="2"/>
<rect x="12" y="${y - 9}" width="10" height="10" fill="${colour}"/>
<text x="28" y="${y}" fill="#545b64">${escaped(legend(metric, stat))}</text>`;
  });
  return [axes, ...lines].join('\n');
}

/** Such as `IntegrationLatency, p99`. */
function legend(metric: readonly unknown[], stat: string): string {
  const options = metric.at(-1) as { readonly stat?: string };
  return `${metric[1]}, ${options.stat ?? stat}`;
}

/** A curve that is the same in every drawing, and another for each line. */
function curve(index: number, width: number, bottom: number): string {
  const points = Array.from({ length: 25 }, (_, step) => {
    const x = 12 + ((width - 24) * step) / 24;
    const swing = Math.sin(step / (2 + index)) + Math.cos(step / (5 - index));
    return `${x.toFixed(0)} ${(bottom - 16 - index * 14 - swing * 6).toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
