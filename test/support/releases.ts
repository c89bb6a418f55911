import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CompiledTemplate } from '../../hooks/framework';

// Stacks deployed by released versions, as saved by `scripts/keep-release.ts`.

const FOLDER = path.join(__dirname, '..', 'fixtures', 'releases');

/** A stage and its parameters. */
export interface ReleasedStage {
  readonly stage: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The stages whose templates are kept: between them they have every kind of resource. */
export const RELEASED_STAGES = {
  open: { stage: 'local', parameters: {} },
  signed: { stage: 'dev', parameters: {} },
  // On another stage the canary has a schedule, which the embedded AWS does not run.
  whole: {
    stage: 'local',
    parameters: {
      authorization: 'API_KEY',
      corsOrigins: 'https://a.example,https://b.example',
      domainName: 'api.example.com',
      certificateArn:
        'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555',
      kafkaRestUrl: 'https://kafka.example',
      tracing: 'true',
      alarmTopicArn: 'arn:aws:sns:us-east-1:123456789012:alarms',
      canary: 'rate(5 minutes)',
    },
  },
} as const satisfies Readonly<Record<string, ReleasedStage>>;

export type StageName = keyof typeof RELEASED_STAGES;

/** One released version. */
export interface Release {
  readonly version: string;
  readonly commit: string;
  readonly stages: Readonly<
    Record<StageName, ReleasedStage & { readonly template: CompiledTemplate }>
  >;
}

/** All released versions, oldest first. */
export function releases(): Release[] {
  return readdirSync(FOLDER)
    .map((name) => JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Release)
    .sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
}
