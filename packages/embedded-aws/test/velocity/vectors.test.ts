import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { evaluateMappingTemplate, MappingTemplateError } from '../../src/velocity';

interface Vector {
  readonly id: string;
  readonly template: string;
  readonly input: {
    readonly body?: string | null;
    readonly params?: Partial<Record<'path' | 'query' | 'header', Record<string, string>>>;
    readonly context?: Record<string, unknown>;
    readonly stageVariables?: Record<string, string>;
  };
  readonly expected: string | null;
  readonly expectError?: { readonly status: number; readonly kind: string };
  readonly evidence: string;
  readonly confidence?: string;
  readonly normalizeWhitespace?: boolean;
}

/** The kinds of errors by their names in the vectors. */
const KINDS: Readonly<Record<string, string>> = {
  'template-parse': 'parse',
  'runtime-exception': 'evaluation',
  'payload-parse': 'payload',
};

function read(file: string): readonly Vector[] {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function outcomeOf({ template, input }: Vector): string {
  try {
    return evaluateMappingTemplate(template, {
      body: input.body ?? '',
      params: {
        path: input.params?.path ?? {},
        querystring: input.params?.query ?? {},
        header: input.params?.header ?? {},
      },
      context: input.context ?? {},
      stageVariables: input.stageVariables ?? {},
    }).text;
  } catch (error) {
    if (error instanceof MappingTemplateError) return `<${error.kind}>`;
    throw error;
  }
}

function expectationOf({ expected, expectError }: Vector): string {
  return expectError === undefined ? String(expected) : `<${KINDS[expectError.kind]}>`;
}

function check(vector: Vector): void {
  const layOut = (text: string) =>
    vector.normalizeWhitespace ? text.replace(/\s+/g, ' ').trim() : text;
  expect(layOut(outcomeOf(vector))).toBe(layOut(expectationOf(vector)));
}

const byId = (vector: Vector) => [vector.id, vector] as const;
const isCertain = ({ confidence }: Vector) => confidence === undefined;

describe('templates whose text Apache Velocity 1.7 gave, set up as API Gateway', () => {
  const vectors = read(path.join(__dirname, 'vectors.json'));

  it.each(vectors.filter(isCertain).map(byId))('%s', (_, vector) => {
    check(vector);
  });

  describe('of medium or low confidence that AWS does the same', () => {
    it.each(vectors.filter((vector) => !isCertain(vector)).map(byId))('%s', (_, vector) => {
      check(vector);
    });
  });
});

// Recordings of other projects, under their own licences: stored beside the repository, not in it.
describe('templates whose text was recorded from API Gateway', () => {
  const file = path.join(
    __dirname,
    '..',
    '..',
    '..',
    '..',
    '..',
    'shared',
    'aws',
    'vtl-vectors.json',
  );
  if (existsSync(file)) {
    const recorded = read(file).filter(({ evidence }) => evidence.startsWith('aws-'));

    it.each(recorded.map(byId))('%s', (_, vector) => {
      check(vector);
    });
  } else if (process.env.CI) {
    it('are there', () => {
      throw new Error(`The recordings are missing: ${file}`);
    });
  } else {
    it.skip.each(recordedNames())('%s (not run: the recordings are not there)', () => {
      throw new Error('Not run');
    });
  }
});

/** The names of the recordings, so that a run without them reports what it omits. */
function recordedNames(): readonly string[] {
  return readFileSync(path.join(__dirname, 'recorded-vectors.txt'), 'utf8').trim().split('\n');
}
