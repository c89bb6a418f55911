import type { Stage } from '../target';

/** Requests to run against each engine, on streams of their own. */
export type Scenario = (stage: Stage) => Promise<void>;

export const data = (text: string) => Buffer.from(text).toString('base64');
export const shard = (index: number) => `shardId-${String(index).padStart(12, '0')}`;
