/**
 * @module
 * Runs a command line: what goes wrong becomes one sentence on standard error and exit status 2.
 */
import { type Command, CommanderError } from 'commander';
import { SottoError } from '../src/errors.ts';

/** @param argv - as `process.argv`. @returns the exit status. */
export async function run(program: Command, argv: readonly string[]): Promise<number> {
  prepare(program);
  try {
    await program.parseAsync([...argv]);
    return 0;
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      // Help and version were asked for and are printed already.
      if (thrown.exitCode === 0) return 0;
      if (thrown.code !== 'commander.help') say(sentenceOf(thrown, program));
      return 2;
    }
    if (thrown instanceof SottoError && thrown.code !== 'internal') {
      say(thrown.message);
      return 2;
    }
    say(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    return 1;
  }
}

function prepare(command: Command): void {
  command
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ outputError: () => {} });
  for (const child of command.commands) prepare(child);
}

function sentenceOf({ code, message }: CommanderError, program: Command): string {
  const sentence = message.replace(/^error: /, '');
  if (code !== 'commander.unknownCommand') return sentence;
  return `${sentence}; there are ${program.commands.map((command) => command.name()).join(', ')}`;
}

function say(sentence: string): void {
  process.stderr.write(`sotto: ${sentence}\n`);
}
