import { ResponseError } from '@muster/sdk';
import { usageError } from '../cli-error.ts';
import { defineCommand, type Language, type SharedInvocation, type SharedValues } from '../command.ts';
import { chooseCustomer, connect } from '../connection/connect.ts';
import { customerOption } from '../shared-options.ts';
import type { Exchange } from '../connection/observed-fetch.ts';
import { describeFailure } from '../describe-failure.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { findScenario, scenarios, type Scenario } from '../scenarios/scenario-table.ts';
import type { Say } from '../messages/message.ts';
import { createPaint, type Paint } from '../terminal/paint.ts';

export const scenariosCommand = defineCommand({
  usage: '[NAME]',
  argumentCount: [0, 1],
  isConnected: true,
  example: `muster scenarios
muster scenarios GetBatchUploadStatus --set trackingId=0127ed8e-ff72-4983-a3d8-e8d8bd378932`,
  json: {
    'en-US': `One line per exchange: {"scenario","request":{"method","url","headers","body"},"answer":{"status","headers","body"}}.
Without NAME, one line per scenario: {"scenario","summary","inputs":[{"name","question","fallback"}]}.`,
    'zh-TW': `每次往返一行：{"scenario","request":{"method","url","headers","body"},"answer":{"status","headers","body"}}。
未指定 NAME 時每個案例一行：{"scenario","summary","inputs":[{"name","question","fallback"}]}。`,
  },
  options: {
    ...customerOption,
    set: {
      type: 'string',
      multiple: true,
      value: 'NAME=VALUE',
      description: {
        'en-US': 'Input of the scenario. Can be repeated',
        'zh-TW': '案例的輸入，可重複指定',
      },
    },
  },
  async run(invocation, io) {
    const [name] = invocation.arguments;
    if (name !== undefined) return runNamed(name, invocation, io);
    const isInteractive = io.stdin.isTTY && io.stderr.isTTY;
    if (isInteractive && !invocation.values.json) return runMenu(invocation, io);
    await io.stdout.write(invocation.values.json ? describeMenu(invocation) : renderMenu(invocation));
    return exitCode.finished;
  },
});

interface ScenariosInvocation extends SharedInvocation {
  readonly values: SharedValues & {
    readonly customer?: string | undefined;
    readonly set?: readonly string[] | undefined;
  };
}

function renderMenu({ say, locale }: Language): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const lines = scenarios.map(
    ({ name, summary }, at) => `${String(at + 1).padStart(3)}  ${name.padEnd(width)}  ${summary[locale]}\n`,
  );
  return `${say('scenariosTitle')}\n${lines.join('')}`;
}

/** The menu for programs: what there is, and what each scenario asks for. */
function describeMenu({ locale }: Language): string {
  return scenarios
    .map(({ name, summary, inputs }) => {
      const asked = inputs.map(({ question, ...input }) => ({ ...input, question: question[locale] }));
      return `${JSON.stringify({ scenario: name, summary: summary[locale], inputs: asked })}\n`;
    })
    .join('');
}

/** Shows the menu until nothing is chosen. If a scenario fails, shows the error and continues with the menu. */
async function runMenu(invocation: ScenariosInvocation, io: Io): Promise<ExitCode> {
  const { say } = invocation;
  for (;;) {
    await io.stderr.write(renderMenu(invocation));
    const answer = await io.ask({ text: say('scenariosChoose') });
    if (io.interruption.aborted) return exitCode.interrupted;
    if (answer === '') return exitCode.finished;
    try {
      await runNamed(answer, invocation, io);
    } catch (fault) {
      const failure = await describeFailure(fault, { say, io, isDebug: invocation.values.debug ?? false });
      if (failure.exitCode === exitCode.authentication) throw fault;
      await io.stderr.write(`${failure.text}\n`);
    }
    await io.stderr.write('\n');
  }
}

async function runNamed(name: string, invocation: ScenariosInvocation, io: Io): Promise<ExitCode> {
  const { values, say } = invocation;
  const scenario = findScenario(name);
  if (!scenario) throw usageError('scenariosUnknown', { name });
  const exchanges: Exchange[] = [];
  const onExchange = (exchange: Exchange) => {
    if (new URL(exchange.request.url).pathname.includes('/v1/')) exchanges.push(exchange);
  };
  const { partner, settings } = await connect({ ...invocation, onExchange }, io);
  const customerId = chooseCustomer(values, settings);
  const inputs = await collectInputs(scenario, invocation, io);
  try {
    await scenario.run(partner.customers.byId(customerId), inputs);
  } catch (fault) {
    // A refusal is an answer too, and is shown like one.
    if (!(fault instanceof ResponseError)) throw fault;
    await printExchanges(scenario, exchanges, { values, say }, io);
    throw fault;
  }
  await printExchanges(scenario, exchanges, { values, say }, io);
  return exitCode.finished;
}

async function collectInputs(
  scenario: Scenario,
  { values, locale }: ScenariosInvocation,
  io: Io,
): Promise<Record<string, string>> {
  const given = readSettings(scenario, values.set ?? []);
  const inputs: Record<string, string> = {};
  for (const { name, question, fallback } of scenario.inputs) {
    const isAsked = given[name] === undefined && io.stdin.isTTY && io.stderr.isTTY;
    const hint = fallback ? ` [${fallback}]` : '';
    const answer = given[name] ?? (isAsked ? await io.ask({ text: `${question[locale]}${hint}: ` }) : '');
    io.interruption.throwIfAborted();
    const value = answer === '' ? fallback : answer;
    if (value === undefined) throw usageError('scenarioInputMissing', { scenario: scenario.name, name });
    inputs[name] = value;
  }
  return inputs;
}

function readSettings(scenario: Scenario, settings: readonly string[]): Record<string, string> {
  const names = scenario.inputs.map(({ name }) => name);
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf('=');
      if (at < 1) throw usageError('badSetting', { value: setting });
      const asked = setting.slice(0, at);
      const name = names.find((known) => known.toLowerCase() === asked.toLowerCase());
      if (name === undefined) {
        throw usageError('unknownInput', { scenario: scenario.name, name: asked, names: names.join(', ') });
      }
      return [name, setting.slice(at + 1)] as const;
    }),
  );
}

async function printExchanges(
  scenario: Scenario,
  exchanges: readonly Exchange[],
  { values, say }: Pick<ScenariosInvocation, 'values' | 'say'>,
  io: Io,
): Promise<void> {
  const paint = createPaint(io.stdout, io);
  for (const exchange of exchanges) {
    const { request, answer } = exchange;
    const text = values.json
      ? `${JSON.stringify({ scenario: scenario.name, request, answer })}\n`
      : renderExchange(exchange, say, paint);
    await io.stdout.write(text);
  }
}

/** A request and its answer as they are written in documentation. */
function renderExchange({ request, answer, durationMs }: Exchange, say: Say, paint: Paint): string {
  return [
    paint('bold', say('scenarioRequest')),
    `${request.method} ${request.url} HTTP/1.1`,
    ...renderHeaders(request.headers),
    ...renderBody(request.body),
    '',
    paint('bold', `${say('scenarioResponse')} (${durationMs} ms)`),
    `HTTP/1.1 ${answer.status}`,
    ...renderHeaders(answer.headers),
    ...renderBody(answer.body),
    '',
    '',
  ].join('\n');
}

function renderHeaders(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

function renderBody(body: unknown): string[] {
  return body === undefined ? [] : ['', JSON.stringify(body, null, 2)];
}
