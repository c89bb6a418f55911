import { list, required, structure, text } from './shapes/shape';

/** `[{ Key, Value }]`, the form that most services use. */
export const tagList = list(structure({ Key: required(text), Value: text }));

export interface Tag {
  readonly Key: string;
  readonly Value?: string;
}

/** Tags of a request by key; empty if the member is absent. */
export function tagMap(tags: readonly Tag[] = []): Map<string, string> {
  return new Map(tags.map(({ Key, Value }) => [Key, Value ?? '']));
}

/** Tags in the form of answers. */
export function tagAnswer(tags: ReadonlyMap<string, string>): Required<Tag>[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}
