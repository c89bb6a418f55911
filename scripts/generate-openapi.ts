/**
 * Writes openapi.json: the API as an OpenAPI document, from the tables that the stack is made of.
 *
 *   npm run generate:openapi
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from '../resources/openapi';

const TARGET = path.join(__dirname, '..', 'openapi.json');

writeFileSync(TARGET, `${JSON.stringify(openApiDocument(), undefined, 2)}\n`);
console.log(`OpenAPI document to ${path.relative(process.cwd(), TARGET)}`);
