import { oncePerSecond } from '../../src/execute-api/clock-text';

describe('oncePerSecond', () => {
  it('writes a text once for all of a second, and anew for another, earlier or later', () => {
    const write = jest.fn((milliseconds: number) => new Date(milliseconds).toUTCString());
    const text = oncePerSecond(write);
    const at = Date.UTC(2026, 10, 23, 2, 10, 58);

    expect([0, 1, 999].map((more) => text(at + more))).toEqual(
      Array(3).fill('Mon, 23 Nov 2026 02:10:58 GMT'),
    );
    expect(write).toHaveBeenCalledTimes(1);
    expect(text(at + 1000)).toBe('Mon, 23 Nov 2026 02:10:59 GMT');
    expect(text(at - 1)).toBe('Mon, 23 Nov 2026 02:10:57 GMT');
  });
});
