import { type Command, CommanderError } from 'commander';

const TITLES: Record<string, string> = {
  'Usage:': '用法：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'Arguments:': '参数：',
};

/** What commander's refusals mean, in one sentence each; the quoted part is what was typed or is missing. */
const REFUSALS: Record<string, (quoted: string) => string> = {
  'commander.unknownCommand': (name) => `没有“${name}”这个命令，用 --help 查看全部命令`,
  'commander.unknownOption': (name) => `没有 ${name} 这个选项，用 --help 查看可用的选项`,
  'commander.missingArgument': (name) => `缺少参数 ${name}，用 --help 查看写法`,
  'commander.missingMandatoryOptionValue': (name) => `缺少选项 ${name}`,
  'commander.optionMissingArgument': (name) => `选项 ${name} 后面要写值`,
  'commander.invalidArgument': (name) => `${name} 的值不对，用 --help 查看可用的值`,
  'commander.excessArguments': () => '参数太多，用 --help 查看写法；含空格的文件名请加引号',
};

/** Makes a command and all under it speak Chinese; refusals are thrown instead of printed. */
export function inChinese(command: Command): void {
  command
    .helpOption('-h, --help', '显示帮助')
    .configureHelp({ styleTitle: (title) => TITLES[title] ?? title, visibleGlobalOptions: () => [] })
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
  if (command.commands.length > 0) command.helpCommand('help [command]', '显示某个命令的帮助');
  for (const one of command.commands) inChinese(one);
}

/** One line for whoever typed the command; empty where help was asked for and has been printed. */
export function inOneLine(error: unknown): string {
  if (!(error instanceof CommanderError)) return error instanceof Error ? error.message : String(error);
  if (error.exitCode === 0 || error.code === 'commander.help') return '';
  const [, quoted = ''] = /'([^']+)'/.exec(error.message) ?? [];
  return REFUSALS[error.code]?.(quoted) ?? error.message.replace(/^error: /, '');
}
