import path from 'node:path';

/** True in the installed package, which is compiled; false in this repository. */
export const isPacked = path.extname(__filename) === '.js';

/** The command that starts stage `local`. */
export const START_COMMAND = isPacked ? 'npx serverless local' : 'npm start';

/** The same with options, which follow it. */
export const START_WITH = isPacked ? START_COMMAND : `${START_COMMAND} --`;
