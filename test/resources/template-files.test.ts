import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TemplateFileError } from '../../resources/errors';
import { templateFile } from '../../resources/template-files';

const folder = mkdtempSync(path.join(tmpdir(), 'templates-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a template is inlined as it stands', () => {
  const text = '{\n    "StreamName": "$input.params(\'stream-name\')"\n}\n';
  writeFileSync(path.join(folder, 'Good.vtl'), text);

  expect(templateFile('Good', folder)).toBe(text);
});

test('the line ends and byte order marks of Windows do not become part of the API', () => {
  writeFileSync(path.join(folder, 'Windows.vtl'), '\ufeff{\r\n}\r\n');

  expect(templateFile('Windows', folder)).toBe('{\n}\n');
});

test('a missing template is named, with what to do', () => {
  expect(() => templateFile('Missing', folder)).toThrow(TemplateFileError);
  expect(() => templateFile('Missing', folder)).toThrow(
    /^templates\/Missing\.vtl cannot be read\..*restore the file, or correct the name/,
  );
});

test('the formal notation, which Serverless would take for its own, is refused with its line', () => {
  writeFileSync(path.join(folder, 'Formal.vtl'), '#set($x = 1)\n${x}\n');

  expect(() => templateFile('Formal', folder)).toThrow(
    'templates/Formal.vtl, line 2: write $name instead of ${name}.',
  );
});
