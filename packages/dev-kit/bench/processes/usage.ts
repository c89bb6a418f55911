import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** The resources that a process has used. */
export interface Usage {
  /** User and system time of all its threads since it started, in milliseconds. */
  readonly cpuMs: number;
  /** Resident memory in bytes. */
  readonly rssBytes: number;
}

/** proc(5) counts in ticks; Linux shows 100 a second to programs on every architecture. */
const MS_PER_TICK = 10;

const HAS_PROC = existsSync('/proc/self/stat');

/** @throws Error when the process is gone */
export async function usageOf(child: ChildProcess): Promise<Usage> {
  if (!HAS_PROC) return askedOf(child);
  const { cpuMs } = parseStat(readFileSync(`/proc/${child.pid}/stat`, 'utf8'));
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN);
  return { cpuMs, rssBytes: kilobytes * 1024 };
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
