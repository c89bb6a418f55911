import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** One answer, or a part of one, that a test recorded on AWS. */
export interface RecordedEntry {
  /** The test with its path: `tests/aws/services/kinesis/test_kinesis.py::TestKinesis::test_x`. */
  readonly test: string;
  /** The name of the entry in the recording. */
  readonly name: string;
  readonly value: unknown;
}

interface RecordedTest {
  readonly 'recorded-date'?: string;
  readonly 'recorded-content'?: unknown;
}

/**
 * Reads the recordings of LocalStack's tests: every `*.snapshot.json` of a checkout, or the JSON files
 * of a folder.
 */
export function readRecordings(folder: string): readonly RecordedEntry[] {
  return filesOf(folder).flatMap((file) => entriesOf(readJson(file)));
}

function filesOf(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json') && !file.split(path.sep).includes('node_modules'))
    .map((file) => path.join(folder, file))
    .filter((file) => statSync(file).isFile())
    .sort();
  const snapshots = files.filter((file) => file.endsWith('.snapshot.json'));
  return snapshots.length > 0 ? snapshots : files;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`Cannot read the recording ${file}`, { cause: error });
  }
}

function entriesOf(file: unknown): readonly RecordedEntry[] {
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return [];
  return Object.entries(file).flatMap(([test, recorded]: [string, RecordedTest]) => {
    const content = recorded?.['recorded-content'];
    if (typeof content !== 'object' || content === null) return [];
    return Object.entries(content).map(([name, value]) => ({ test, name, value }));
  });
}
