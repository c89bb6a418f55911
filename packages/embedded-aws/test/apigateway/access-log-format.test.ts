import { checkLogFormat } from '../../src/apigateway/entities/stages';

describe('the format of an access log', () => {
  test.each(['$context.requestId', '$context.requestId\n', undefined])('may be %j', (format) => {
    expect(checkLogFormat(format)).toBe(format);
  });

  test.each(['$context.requestId\n$context.status', '{\r\n}'])('may not be %j', (format) => {
    expect(() => checkLogFormat(format)).toThrow(
      'Access Log format must be single line, new line character is allowed only at end of the format',
    );
  });
});
