/** Texts that are parsed without a look at what is in them. */
const SHORT = 64 * 1024;

/** About as many as take half a second and a hundred megabytes. */
const MOST_STEPS = 6_000_000;

/** Of an object or an array, to make and to keep; a member or an element is one. */
const STEPS_OF_CONTAINER = 4;

const [COMMA, BRACKET, BRACE] = [',', '[', '{'].map((character) => character.charCodeAt(0));

/**
 * `JSON.parse` for what clients send: a text of nothing but empty objects would hold the process for
 * many seconds and take gigabytes.
 * @throws SyntaxError for what is no JSON, and for what holds too much of it
 */
export function parseJson(text: string): unknown {
  if (text.length > SHORT && stepsOf(text) > MOST_STEPS) {
    throw new SyntaxError('The JSON has more objects, arrays and members than are read at once');
  }
  return JSON.parse(text);
}

/** Of texts in it, too: they hardly ever have as many commas as would matter. */
function stepsOf(text: string): number {
  let steps = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === COMMA) steps++;
    else if (code === BRACKET || code === BRACE) steps += STEPS_OF_CONTAINER;
  }
  return steps;
}
