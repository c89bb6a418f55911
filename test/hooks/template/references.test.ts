import { mapReferences, mentions, referencesIn } from '../../../hooks/template/references';

const VALUE = {
  DependsOn: ['A', 'B'],
  Properties: {
    Plain: 'A',
    Ref: { Ref: 'A' },
    Att: { 'Fn::GetAtt': ['A', 'Arn'] },
    Text: { 'Fn::GetAtt': 'A.Arn' },
    Sub: { 'Fn::Sub': 'x${A}y${A.Arn}${!A}${AWS::Region}${Ab}' },
    Variables: { 'Fn::Sub': ['${A}${V}', { V: { Ref: 'A' }, A: 'own' }] },
    List: [{ 'Fn::Join': ['', [{ Ref: 'A' }]] }],
  },
};

test('every form of a reference is followed, and nothing else', () => {
  expect(mapReferences(VALUE, (id) => (id === 'A' ? 'Z' : id))).toEqual({
    DependsOn: ['Z', 'B'],
    Properties: {
      Plain: 'A',
      Ref: { Ref: 'Z' },
      Att: { 'Fn::GetAtt': ['Z', 'Arn'] },
      Text: { 'Fn::GetAtt': 'Z.Arn' },
      Sub: { 'Fn::Sub': 'x${Z}y${Z.Arn}${!A}${AWS::Region}${Ab}' },
      Variables: { 'Fn::Sub': ['${A}${V}', { V: { Ref: 'Z' }, A: 'own' }] },
      List: [{ 'Fn::Join': ['', [{ Ref: 'Z' }]] }],
    },
  });
});

test('references are found by whole names', () => {
  expect([...referencesIn(VALUE)].sort()).toEqual(['A', 'Ab', 'B']);
  expect(mentions(VALUE, ['Ab'])).toBe(true);
  expect(mentions({ 'Fn::Sub': '${Abc}' }, ['Ab'])).toBe(false);
});
