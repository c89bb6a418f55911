import { modelInputs } from '../../../src/core/shapes/model';

const DATA = {
  operations: {
    PutLine: {
      path: { poem: { type: 'String', required: true } },
      body: { Text: { type: 'String', max: 5, required: true }, Marks: { ref: 'Marks' } },
    },
    GetLine: { body: { Text: { type: 'String', max: 5 } } },
  },
  shapes: {
    Marks: { type: 'Structure', members: { Kind: { ref: 'Kind', required: true } } },
    Kind: { type: 'String', values: ['a', 'b'] },
  },
};

describe('the inputs of a model', () => {
  test('have shapes in place of their names', () => {
    const inputOf = modelInputs(DATA);

    expect(inputOf('PutLine')).toEqual({
      path: { poem: { type: 'String', required: true } },
      query: {},
      body: {
        Text: { type: 'String', max: 5, required: true },
        Marks: {
          type: 'Structure',
          members: { Kind: { type: 'String', values: ['a', 'b'], required: true } },
        },
      },
    });
    expect(inputOf('PutLine')).toBe(inputOf('PutLine'));
    expect(inputOf('constructor')).toBeUndefined();
  });

  test('are changed by exceptions: of a shape, a member, or a member of one operation', () => {
    const inputOf = modelInputs(DATA, [
      { at: 'Kind', change: { values: ['c'] }, source: '' },
      { at: '*.Text', change: { max: 9 }, source: '' },
      { at: 'GetLine.Text', change: { min: 1 }, source: '' },
    ]);

    expect(inputOf('PutLine')?.body).toMatchObject({
      Text: { max: 9, required: true },
      Marks: { members: { Kind: { values: ['c'], required: true } } },
    });
    expect(inputOf('PutLine')?.body.Text).not.toHaveProperty('min');
    expect(inputOf('GetLine')?.body.Text).toMatchObject({ max: 9, min: 1 });
  });
});
