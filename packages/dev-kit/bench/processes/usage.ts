import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The resources that a process has used, with those that it started and that still run. */
export interface Usage {
  /** User and system time of all threads since the start, in milliseconds. */
  readonly cpuMs: number;
  /** Resident memory in bytes. */
  readonly rssBytes: number;
}

/** proc(5) counts in ticks; Linux shows 100 a second to programs on every architecture. */
const MS_PER_TICK = 10;

const HAS_PROC = existsSync('/proc/self/stat');

/**
 * Of one process only where the system has no /proc, and NaN for one that the bench cannot ask there.
 * @throws Error when the process is gone
 */
export async function usageOf(child: ChildProcess): Promise<Usage> {
  if (!HAS_PROC) return askedOf(child);
  return usageOfTree(child.pid ?? Number.NaN);
}

const GONE: Usage = { cpuMs: 0, rssBytes: 0 };

/** A child may end while it is looked at. */
function usageOfChild(pid: number): Usage {
  try {
    return usageOfTree(pid);
  } catch (error) {
    if (isGone(error)) return GONE;
    throw error;
  }
}

/** ESRCH comes from a process that ends between opening and reading. */
const isGone = (error: unknown): boolean =>
  ['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '');

function usageOfTree(pid: number): Usage {
  const { cpuMs } = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN);
  return childrenOf(pid)
    .map(usageOfChild)
    .reduce(
      (sum, one) => ({ cpuMs: sum.cpuMs + one.cpuMs, rssBytes: sum.rssBytes + one.rssBytes }),
      { cpuMs, rssBytes: kilobytes * 1024 },
    );
}

/** Each thread has the children that it started. */
function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    try {
      const children = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8');
      return children.trim().split(' ').filter(Boolean).map(Number);
    } catch (error) {
      // Not in every kernel, and threads come and go.
      if (isGone(error)) return [];
      throw error;
    }
  });
}

/**
 * CPU times of a line of /proc/<pid>/stat, in milliseconds.
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function parseStat(line: string): { cpuMs: number; endedChildrenMs: number } {
  // The second field is a name in parentheses that may hold anything, blanks and parentheses
  // included.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const ticks = (field: number) => Number(fields[field - 3]);
  return {
    cpuMs: (ticks(14) + ticks(15)) * MS_PER_TICK,
    endedChildrenMs: (ticks(16) + ticks(17)) * MS_PER_TICK,
  };
}

/**
 * CPU time of this process's children that have ended, theirs included; NaN where that is not told.
 */
export function endedChildrenMs(): number {
  if (!HAS_PROC) return Number.NaN;
  return parseStat(readFileSync('/proc/self/stat', 'utf8')).endedChildrenMs;
}

function askedOf(child: ChildProcess): Promise<Usage> {
  if (child.channel == null) {
    return Promise.resolve({ cpuMs: Number.NaN, rssBytes: Number.NaN });
  }
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('The process has ended.'));
    const listen = (message: unknown) => {
      const usage = message as Usage & { type?: string };
      if (usage?.type !== 'bench:usage') return;
      child.off('message', listen);
      child.off('exit', gone);
      resolve(usage);
    };
    child.on('message', listen);
    child.once('exit', gone);
    child.send({ type: 'bench:usage' });
  });
}
