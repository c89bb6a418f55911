import { shortShardId } from '../format/time';
import type { KeyPlace } from '../protocol';
import { getJson, ProblemError } from './api-client';
import { byId } from './dom';

/** The form that says which shard takes a partition key. */
export function keyFinder(
  stream: () => string,
  onFound: (place: KeyPlace | undefined) => void,
): { clear(): void } {
  const form = byId('key-finder', 'form');
  const key = byId('finder-key', 'input');
  const answer = byId('finder-answer', 'output');
  const find = async () => {
    if (key.value === '' || stream() === '') return;
    try {
      const place = await getJson<KeyPlace>('shard-of-key', { stream: stream(), key: key.value });
      answer.textContent = textOf(place);
      onFound(place);
    } catch (error) {
      answer.textContent = error instanceof ProblemError ? error.problem.title : String(error);
      onFound(undefined);
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void find();
  });
  return {
    clear() {
      answer.textContent = '';
      onFound(undefined);
    },
  };
}

function textOf({ shardIds }: KeyPlace): string {
  const [first, ...earlier] = shardIds.map(shortShardId);
  if (first === undefined) return 'No shard takes this key.';
  return earlier.length === 0 ? `Shard ${first}` : `Shard ${first}; before: ${earlier.join(', ')}`;
}
