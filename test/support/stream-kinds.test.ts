import { memberNames } from '../../resources/streams/members';
import { STREAM_FACTORS, streamKinds } from './stream-kinds';

test('every member is varied, and every value met', () => {
  const varied = new Set(STREAM_FACTORS.flat().flatMap((values) => Object.keys(values)));
  expect([...varied].sort()).toEqual([...memberNames].sort());
  const kinds = Object.values(streamKinds());
  for (const values of STREAM_FACTORS.flat()) {
    expect(kinds).toContainEqual(expect.objectContaining(values));
  }
});
