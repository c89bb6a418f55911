import { remember } from '../../src/core/remember';

describe('remember', () => {
  it('works each answer out once', () => {
    const workOut = jest.fn((text: string) => ({ length: text.length }));
    const lengthOf = remember(10, workOut);

    expect(lengthOf('abc')).toEqual({ length: 3 });
    expect(lengthOf('abc')).toBe(lengthOf('abc'));
    expect(workOut).toHaveBeenCalledTimes(1);
  });

  it('starts anew when it is full, so that hostile keys cannot fill the memory', () => {
    const workOut = jest.fn((key: number) => key + 1);
    const next = remember(3, workOut);
    for (const key of [1, 2, 3, 4]) expect(next(key)).toBe(key + 1);

    workOut.mockClear();
    next(4);
    expect(workOut).not.toHaveBeenCalled();
    expect(next(1)).toBe(2);
    expect(workOut).toHaveBeenCalledTimes(1);
  });

  it('keeps no failure', () => {
    let fails = true;
    const read = remember(3, (text: string) => {
      if (fails) throw new Error(`cannot read ${text}`);
      return text;
    });

    expect(() => read('a')).toThrow('cannot read a');
    fails = false;
    expect(read('a')).toBe('a');
  });
});
