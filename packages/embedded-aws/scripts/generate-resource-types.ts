/**
 * Writes src/cloudformation/resource-types.json: what the embedded CloudFormation knows of each
 * resource type's properties. The data is AWS's own, from the CloudFormation registry by way of
 * @aws-cdk/aws-service-spec; it is committed so that nothing has to load the 30 MB database.
 *
 *   npx tsx scripts/generate-resource-types.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type {
  Property,
  PropertyType,
  Resource,
  ResourceProperties,
  SpecDatabase,
  TypeDefinition,
} from '@aws-cdk/service-spec-types';
import type {
  PropertyData,
  PropertyTypeData,
  ResourceTypeData,
} from '../src/cloudformation/resource-types';

const TARGET = path.join(__dirname, '..', 'src', 'cloudformation', 'resource-types.json');

/** Resource types of REST APIs in front of Kinesis, and of related services. */
const WANTED: ReadonlySet<string> = new Set([
  'AWS::CloudFormation::WaitConditionHandle',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::RolePolicy',
  'AWS::Kinesis::Stream',
  'AWS::Kinesis::StreamConsumer',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::WAFv2::WebACL',
  'AWS::WAFv2::WebACLAssociation',
]);

const isWanted = (type: string) => type.startsWith('AWS::ApiGateway::') || WANTED.has(type);

function propertyType(db: SpecDatabase, type: PropertyType): PropertyTypeData {
  switch (type.type) {
    case 'ref':
      return { ref: db.get('typeDefinition', type.reference).name };
    case 'array':
      return { list: propertyType(db, type.element) };
    case 'map':
      return { map: propertyType(db, type.element) };
    case 'union':
      return { anyOf: type.types.map((member) => propertyType(db, member)) };
    case 'string':
    case 'integer':
      return type.allowedValues === undefined
        ? type.type
        : { type: type.type, enum: type.allowedValues };
    default:
      return type.type;
  }
}

function propertyData(db: SpecDatabase, property: Property): PropertyData {
  const replacement = property.causesReplacement ?? 'no';
  return {
    type: propertyType(db, property.type),
    ...(property.required === true && { required: true }),
    ...(replacement !== 'no' && { replacement }),
  };
}

function propertiesData(db: SpecDatabase, properties: ResourceProperties) {
  const sorted = Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, property]) => [name, propertyData(db, property)]));
}

function resourceData(db: SpecDatabase, resource: Resource): ResourceTypeData {
  const definitions: [string, TypeDefinition][] = db
    .follow('usesType', resource)
    .map(({ entity }) => [entity.name, entity]);
  return {
    properties: propertiesData(db, resource.properties),
    definitions: Object.fromEntries(
      definitions
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, definition]) => [name, propertiesData(db, definition.properties)]),
    ),
    attributes: Object.keys(resource.attributes).sort(),
    primaryIdentifier: resource.primaryIdentifier ?? [],
    ...(resource.additionalReplacementProperties !== undefined && {
      replacementPaths: resource.additionalReplacementProperties.map((steps) => steps.join('/')),
    }),
  };
}

/** One property or definition a line, so that a new version of the data reads well in a diff. */
function render(notice: string, types: [string, ResourceTypeData][]): string {
  const block = (entries: [string, unknown][], indent: string) =>
    entries
      .map(([name, value]) => `${indent}${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n');
  const resources = types.map(([name, data]) => {
    const { properties, definitions, ...rest } = data;
    const members = [
      block(Object.entries(rest), '      '),
      `      "properties": {\n${block(Object.entries(properties), '        ')}\n      }`,
      `      "definitions": {\n${block(Object.entries(definitions), '        ')}\n      }`,
    ];
    return `    ${JSON.stringify(name)}: {\n${members.join(',\n')}\n    }`;
  });
  return `{\n  "//": ${JSON.stringify(notice)},\n  "resources": {\n${resources.join(',\n')}\n  }\n}\n`;
}

const manifest = path.join(
  path.dirname(require.resolve('@aws-cdk/aws-service-spec')),
  '..',
  'package.json',
);
const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
const db = loadAwsServiceSpecSync();
const types = db
  .all('resource')
  .filter((resource) => isWanted(resource.cloudFormationType))
  .map((resource): [string, ResourceTypeData] => [
    resource.cloudFormationType,
    resourceData(db, resource),
  ])
  .sort(([a], [b]) => (a < b ? -1 : 1));

const missing = [...WANTED].filter((type) => !types.some(([name]) => name === type));
if (missing.length > 0) throw new Error(`The database has no ${missing.join(', ')}.`);

const notice =
  `Generated by scripts/generate-resource-types.ts from @aws-cdk/aws-service-spec ${version}, ` +
  'Copyright Amazon.com, Inc. or its affiliates, licensed under the Apache License 2.0 ' +
  '(https://www.apache.org/licenses/LICENSE-2.0). Extracted and reshaped; do not edit by hand.';
writeFileSync(TARGET, render(notice, types));
console.log(`${types.length} resource types to ${path.relative(process.cwd(), TARGET)}`);
