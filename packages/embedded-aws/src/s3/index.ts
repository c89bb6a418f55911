export { s3ResourceHandlers } from './resource-handlers';
export { createS3, type S3 } from './s3';
export { readTemplateUrl } from './template-url';
