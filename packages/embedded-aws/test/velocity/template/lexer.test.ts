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
  it('takes the longest match of the state it is in', () => {
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

  it('keeps what began no token for the token after it', () => {
    const token = new Lexer('$ x').next();

    expect(token).toEqual({ kind: 'TEXT', image: ' x', special: ['$ '] });
  });

  it('says where a template is broken', () => {
    const tokens = () => tokensOf('a\r\nb $x.y(');

    expect(tokens).not.toThrow();
    expect(() => tokensOf('a\nbc $x.y(@)')).toThrow(TemplateParseError);
    expect(() => tokensOf('a\nbc $x.y(@)')).toThrow(/line 2, column 9/);
  });
});
