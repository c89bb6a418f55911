import type { Answer } from '../../ours';

export type Call = (operation: string, input?: object) => Promise<Answer>;

export const patch = (op: string, path: string, value?: string) => ({
  op,
  path,
  ...(value !== undefined && { value }),
});
