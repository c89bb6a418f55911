import { memberNames } from '../../resources/streams/members';
import { STREAM_FACTORS, servicesOfKinds, streamKinds } from './stream-kinds';

test('every member is varied, and every value met', () => {
  const varied = new Set(STREAM_FACTORS.flat().flatMap((values) => Object.keys(values)));
  expect([...varied].sort()).toEqual([...memberNames].sort());
  for (const values of STREAM_FACTORS.flat()) {
    expect(streamKinds).toContainEqual(expect.objectContaining(values));
  }
});

test('services have them all', () => {
  const services = servicesOfKinds(10);
  expect(services.flatMap((streams) => Object.keys(streams))).toHaveLength(streamKinds.length);
});
