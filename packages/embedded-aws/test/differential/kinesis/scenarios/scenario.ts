import type { Stage } from '../target';

/** What is asked of both engines, one after the other, on streams of its own. */
export type Scenario = (stage: Stage) => Promise<void>;

export const data = (text: string) => Buffer.from(text).toString('base64');
export const shard = (index: number) => `shardId-${String(index).padStart(12, '0')}`;
