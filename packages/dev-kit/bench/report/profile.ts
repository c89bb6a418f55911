import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../measurement';
import { ms, type Table } from './table';

/**
 * The used part of a `.cpuprofile`.
 * https://chromedevtools.github.io/devtools-protocol/tot/Profiler/
 */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  /** The node that each sample hit, and microseconds from the sample before. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const ROOT = path.join(__dirname, '..', '..', '..', '..');
const IDLE = new Set(['(idle)', '(program)', '(root)']);
const MOST = 20;

/** @throws BenchError when there is none */
export function readProfiles(folder: string): CpuProfile[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'));
  if (files.length === 0) {
    throw new BenchError(
      'Nothing to show: this starts no embedded AWS of its own. Profile the bench itself: node --cpu-prof --import tsx bench/main.ts --only <name>',
    );
  }
  return files.map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
}

/** The functions with the most time of their own, what they call not included. */
export function profileTable(profiles: readonly CpuProfile[]): Table {
  const times = new Map<string, number>();
  for (const profile of profiles) {
    const names = new Map(profile.nodes.map((node) => [node.id, nameOf(node.callFrame)]));
    for (const [index, node] of profile.samples.entries()) {
      const name = names.get(node) ?? '';
      if (IDLE.has(name)) continue;
      times.set(name, (times.get(name) ?? 0) + (profile.timeDeltas[index] ?? 0) / 1000);
    }
  }
  const all = [...times.values()].reduce((sum, one) => sum + one, 0);
  const top = [...times].toSorted(([, a], [, b]) => b - a).slice(0, MOST);
  return {
    header: ['function', 'own time', 'share'],
    rows: top.map(([name, time]) => [name, ms(time), `${((time / all) * 100).toFixed(1)} %`]),
  };
}

function nameOf({
  functionName,
  url,
  lineNumber,
}: CpuProfile['nodes'][number]['callFrame']): string {
  const name = functionName || '(anonymous)';
  if (url === '') return name;
  const file = url.startsWith('file:') ? fileURLToPath(url.replace(/\?.*$/, '')) : url;
  const shown = path.isAbsolute(file) ? path.relative(ROOT, file) : file;
  // The TypeScript loader puts all of a file into few lines.
  return shown.endsWith('.ts') ? `${name} ${shown}` : `${name} ${shown}:${lineNumber + 1}`;
}
