/**
 * The largest result of a function, 6 MB plus an envelope: the figure from Lambda's own message.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MAX_ANSWER_BYTES = 6_291_556;

/**
 * Runs a function in its own process. Plain JavaScript, which is all that the functions' Node may
 * be able to load. It receives events over IPC, one after the other, and sends an outcome for each,
 * then marks the end of the event's output.
 */
export const BOOTSTRAP = `
const { existsSync, rmSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const root = __dirname;
// Before the function can replace them.
const outputs = [process.stdout, process.stderr].map((stream) => stream.write.bind(stream));
const send = process.send.bind(process);
// Lambda has no parent process, and some libraries report to one when they find it.
process.send = process.disconnect = undefined;
const describe = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split('\\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
const fault = (name, message) => Object.assign(new Error(message), { name });

async function load(handler) {
  const dot = handler.lastIndexOf('.');
  const base = path.resolve(root, 'code', handler.slice(0, dot));
  const inside = base.startsWith(path.join(root, 'code') + path.sep);
  const file = inside && ['.js', '.mjs', '.cjs'].map((end) => base + end).find((name) => existsSync(name));
  if (!file) {
    const name = path.basename(base);
    throw fault('Runtime.ImportModuleError', "Error: Cannot find module '" + name + "'");
  }
  // Works for both ES and CommonJS modules.
  const loaded = await import(pathToFileURL(file).href);
  const name = handler.slice(dot + 1);
  const found = [loaded, loaded.default].find((from) => from && Object.hasOwn(from, name))?.[name];
  if (typeof found !== 'function') {
    throw fault('Runtime.HandlerNotFound', handler + ' is undefined or not exported');
  }
  return found;
}

function call(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error ? reject(error) : resolve(result));
    const returned = handler(event, context, callback);
    if (handler.length < 3 || typeof returned?.then === 'function') resolve(returned);
  });
}

const { AWS_LAMBDA_LOG_GROUP_NAME, AWS_LAMBDA_LOG_STREAM_NAME } = process.env;
let loaded;
process.on('message', async ({ handler, event, context, deadline, marker }) => {
  context.getRemainingTimeInMillis = () => deadline - Date.now();
  context.logGroupName = AWS_LAMBDA_LOG_GROUP_NAME;
  context.logStreamName = AWS_LAMBDA_LOG_STREAM_NAME;
  context.done = context.succeed = context.fail = undefined;
  let outcome;
  try {
    loaded ??= await load(handler);
    const result = await call(loaded, event, context);
    const payload = JSON.stringify(result) ?? 'null';
    if (Buffer.byteLength(payload) > ${MAX_ANSWER_BYTES}) {
      outcome = {
        payload: JSON.stringify({
          errorType: 'Function.ResponseSizeTooLarge',
          errorMessage: 'Response payload size exceeded maximum allowed payload size (${MAX_ANSWER_BYTES} bytes).',
        }),
        failed: true,
      };
    } else outcome = { payload };
  } catch (error) {
    outcome = { payload: JSON.stringify(describe(error)), failed: true };
  }
  for (const write of outputs) write('\\0' + marker + '\\0');
  // In KB.
  const memoryMb = Math.ceil(process.resourceUsage().maxRSS / 1024);
  send({ ...outcome, memoryMb, isLoaded: loaded !== undefined });
});
// The folder goes with the process: the embedded AWS may have been killed, and cannot tidy up.
process.on('exit', () => {
  try {
    // Windows deletes no folder that a process is in.
    process.chdir(path.dirname(root));
    rmSync(root, { recursive: true, force: true });
  } catch {}
});
process.on('disconnect', () => process.exit(0));
`;
