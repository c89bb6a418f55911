import { Hold } from '../../../hooks/process/hold';
import { Interrupted } from '../../../hooks/process/interruption';

const counts = () => process.listenerCount('SIGTERM');

test('a signal is told once, and kept until the end, where it ends the process', () => {
  const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const onSignal = jest.fn();
  const before = counts();
  const hold = new Hold(onSignal);
  hold.check();
  hold.begin();
  hold.begin();
  expect(counts()).toBe(before + 1);
  hold.check();

  process.emit('SIGTERM', 'SIGTERM');

  expect(onSignal).toHaveBeenCalledTimes(1);
  expect(hold.isInterrupted).toBe(true);
  expect(() => hold.check()).toThrow(Interrupted);
  // The next one ends the process at once.
  expect(counts()).toBe(before);
  expect(exit).not.toHaveBeenCalled();
  hold.end();
  expect(exit).toHaveBeenCalledWith(143);
  exit.mockRestore();
});

test('without a signal nothing is left at the end', () => {
  const before = counts();
  const hold = new Hold(() => undefined);
  hold.begin();
  hold.end();
  expect(counts()).toBe(before);
  expect(hold.isInterrupted).toBe(false);
});
