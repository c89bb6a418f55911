/** Makes a text of a time whose parts below the second do not show: once for all of a second. */
export function oncePerSecond(write: (milliseconds: number) => string): typeof write {
  let second = Number.NaN;
  let text = '';
  return (milliseconds) => {
    const current = Math.floor(milliseconds / 1000);
    if (current !== second) {
      second = current;
      text = write(milliseconds);
    }
    return text;
  };
}
