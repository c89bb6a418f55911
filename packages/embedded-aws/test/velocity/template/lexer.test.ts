import { TemplateParseError } from '../../../src/velocity/errors';
import { Lexer } from '../../../src/velocity/template/lexer';

function tokensOf(text: string): string[] {
  const lexer = new Lexer(text);
  const tokens: string[] = [];
  for (let token = lexer.next(); token.kind !== 'EOF'; token = lexer.next()) {
    tokens.push(`${token.kind} ${token.image}`);
  }
  return tokens;
}

describe('Lexer', () => {
  it('uses the longest match in its current state', () => {
    const tokens = tokensOf('a $b.c-d[0].e(1..3) #if($f)');

    expect(tokens).toEqual([
      'TEXT a ',
      'IDENTIFIER $b',
      'DOT .',
      'IDENTIFIER c-d',
      'INDEX_LBRACKET [',
      'INTEGER_LITERAL 0',
      'INDEX_RBRACKET ]',
      'DOT .',
      'IDENTIFIER e',
      'LPAREN (',
      'INTEGER_LITERAL 1',
      'DOUBLEDOT ..',
      'INTEGER_LITERAL 3',
      'REFMOD2_RPAREN )',
      'TEXT  ',
      'IF_DIRECTIVE #if',
      'LPAREN (',
      'IDENTIFIER $f',
      'RPAREN )',
    ]);
  });

  it('attaches text that starts no token to the next token', () => {
    const token = new Lexer('$ x').next();

    expect(token).toEqual({ kind: 'TEXT', image: ' x', special: ['$ '] });
  });

  it('reports where a template is invalid', () => {
    const tokens = () => tokensOf('a\r\nb $x.y(');

    expect(tokens).not.toThrow();
    expect(() => tokensOf('a\nbc $x.y(@)')).toThrow(TemplateParseError);
    expect(() => tokensOf('a\nbc $x.y(@)')).toThrow(/line 2, column 9/);
  });
});
