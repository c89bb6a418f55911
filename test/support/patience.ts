// A command of the CLI takes two to four seconds, more on a busy machine. This bound only ends what
// hangs; nothing is asserted about time.
jest.setTimeout(180_000);
