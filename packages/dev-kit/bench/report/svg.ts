/** Bars of one quantity, one below the other, from zero. */
export interface Panel {
  readonly title: string;
  /** Behind each value: `/s`. */
  readonly unit: string;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Ours stands out; others are what it is compared with. */
  readonly ours: boolean;
}

const COLUMN = 410;
const LABEL = 118;
const LENGTH = 190;
const ROW = 26;
const HEAD = 44;
const GAP = 20;

/**
 * Colours for both of a reader's themes. The picture has a ground of its own, because a README
 * shows it on a page whose theme need not be the system's.
 */
const STYLE = `
  .ground { fill: #ffffff; stroke: #d0d7de }
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
  .title { font-weight: 600 }
  .value { font-variant-numeric: tabular-nums }
  .ours { fill: #0969da }
  .theirs { fill: #9aa4af }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; stroke: #30363d }
    text { fill: #e6edf3 }
    .ours { fill: #4493f8 }
    .theirs { fill: #656d76 }
  }
`;

/**
 * Panels of bars, two in a row, as an SVG document that is readable as an image.
 * @param title the text for screen readers
 */
export function barChart(title: string, panels: readonly Panel[]): string {
  const rows = Math.ceil(panels.length / 2);
  const most = Math.max(...panels.map(({ bars }) => bars.length));
  const panelHeight = HEAD + most * ROW;
  const width = COLUMN * 2 + GAP;
  const height = rows * panelHeight + GAP;
  const parts = panels.map((panel, index) =>
    drawPanel(panel, GAP + (index % 2) * COLUMN, Math.floor(index / 2) * panelHeight),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${xml(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function drawPanel({ title, unit, bars }: Panel, x: number, y: number): string {
  const longest = Math.max(...bars.map(({ value }) => value).filter(Number.isFinite), 0);
  const lines = bars.map(({ label, value, ours }, index) => {
    const top = y + HEAD + index * ROW;
    const length = longest > 0 && Number.isFinite(value) ? (value / longest) * LENGTH : 0;
    const text = top + ROW / 2 + 1;
    return [
      `<text x="${x + LABEL - 8}" y="${text}" text-anchor="end">${xml(label)}</text>`,
      `<rect class="${ours ? 'ours' : 'theirs'}" x="${x + LABEL}" y="${top}" width="${round(Math.max(length, 1))}" height="${ROW - 8}" rx="2"/>`,
      `<text class="value" x="${round(x + LABEL + Math.max(length, 1) + 6)}" y="${text}">${xml(shown(value, unit))}</text>`,
    ].join('\n');
  });
  return [`<text class="title" x="${x}" y="${y + 30}">${xml(title)}</text>`, ...lines].join('\n');
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

const shown = (value: number, unit: string) =>
  Number.isFinite(value) ? `${whole.format(value)}${unit}` : 'not measured';

const round = (value: number) => Math.round(value * 10) / 10;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const xml = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');
