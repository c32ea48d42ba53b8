import { escapeControlChars } from '../base/escape-control-chars.ts';
import { type Configuration, type Flags, resolveConfigurations } from '../config/resolve.ts';
import { type GsdkError, usageError } from '../errors/gsdk-error.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { type OutputFormat, renderers } from '../render/index.ts';
import { project, type Result, type Row, type Shape } from '../render/view.ts';
import { GatewayAccess } from './access/gateway-access.ts';
import type { Host } from './host.ts';
import { type DeviceNames, readDeviceNames, withName, withNameField } from './input/device-names.ts';
import { multiGatewayShape, queryGateways } from './multi-gateway.ts';
import { isColored } from './output/color.ts';
import { createRowPrinter, type StreamShape } from './output/row-printer.ts';
import { type Ending, type Interruptible, StreamWriter, toUnreportedWriteError } from './output/stream-writer.ts';

/** The options that every command takes and that no variable or profile can set. */
export interface RunOptions {
  json?: true | undefined;
  fields?: string | undefined;
  names?: string | undefined;
  header?: boolean | undefined;
  quiet?: true | undefined;
  verbose?: true | undefined;
}

/** Prints rows at once; resolves to whether anybody still reads. */
export type PrintRows = (rows: readonly Row[]) => Promise<boolean>;

/** One invocation: what it was told, and the ways in which its command may ask and answer. */
export class Session {
  readonly host: Host;
  /** How signals interrupt this run. */
  readonly interruption: Interruptible;
  /** How the run ends if nothing fails: with 8, say, for the answer "no". */
  ending: Ending = { exitCode: 0 };
  readonly #stdout: StreamWriter;
  readonly #stderr: StreamWriter;
  #flags: Flags = {};
  #options: RunOptions = {};
  #names: DeviceNames | undefined;
  readonly #argv: readonly string[];
  #accesses: readonly [GatewayAccess, ...GatewayAccess[]] | undefined;

  /** @param argv the command line, for the record of writes */
  constructor(host: Host, interruption: Interruptible, argv: readonly string[] = []) {
    this.host = host;
    this.#argv = argv;
    this.interruption = interruption;
    this.#stdout = new StreamWriter(() => host.stdout);
    this.#stderr = new StreamWriter(() => host.stderr);
  }

  /** Takes the options from the command line. Called once, before the action of the command. */
  configure(flags: Flags, options: RunOptions): void {
    this.#flags = options.json ? { output: 'json', ...flags } : flags;
    this.#options = options;
    if (options.json && flags.output !== undefined && flags.output !== 'json') {
      throw usageError(`--json beside --output ${flags.output}`, 'say one of them');
    }
  }

  /** Aborted when the user interrupts; its reason is the error to report. */
  get signal(): AbortSignal {
    return this.interruption.signal;
  }

  /** The ways to all gateways that are named, by the settings as they are worked out at the first use. */
  get accesses(): readonly [GatewayAccess, ...GatewayAccess[]] {
    if (this.#accesses) return this.#accesses;
    const onDetail = (message: string) => void this.detail(message);
    const run = { host: this.host, argv: this.#argv, signal: this.signal, onDetail };
    const [first, ...others] = resolveConfigurations(this.#flags, this.host.env);
    const toAccess = (configuration: Configuration) => new GatewayAccess(configuration, run, others.length > 0);
    this.#accesses = [toAccess(first), ...others.map(toAccess)];
    return this.#accesses;
  }

  /**
   * The way to the one gateway that is named.
   *
   * @throws GsdkError (USAGE) when there are several: a write, for one, goes to one gateway
   */
  get access(): GatewayAccess {
    const [access, ...others] = this.accesses;
    if (others.length === 0) return access;
    const names = this.accesses.map(({ context }) => context.profile).join(', ');
    throw usageError(
      `this command goes to one gateway, and ${this.accesses.length} profiles are named: ${names}`,
      'name the one that is meant: --profile NAME; several are for reads and watch; nothing was sent',
    );
  }

  /** Every setting with its source; what a profile cannot say is the same for all of several. */
  get configuration(): Configuration {
    return this.accesses[0].configuration;
  }

  /** The gateway, and the profile it is from, for documents. */
  get context() {
    return this.access.context;
  }

  /**
   * Asks the gateway and prints what comes back. Output options that do not fit the shape are
   * refused before anything is sent; the connection is ended whatever happens.
   *
   * @throws GsdkError, after printing, when the result bears a failure
   */
  async ask(shape: Shape, question: (gateway: Gateway) => Promise<Result>): Promise<void> {
    if (shape.isRead) await this.each(shape, (access) => access.online(question));
    else await this.show(shape, () => this.access.writing(question));
  }

  /**
   * Looks at each gateway that is named, all at once, and prints what comes back: of several, rows that tell the
   * profile. Otherwise as {@link ask}.
   */
  async each(shape: Shape, question: (access: GatewayAccess) => Promise<Result>): Promise<void> {
    const { accesses } = this;
    const [access, ...others] = accesses;
    if (others.length === 0) await this.show(shape, () => question(access));
    else await this.show(multiGatewayShape(shape), () => queryGateways(accesses, question));
  }

  /**
   * Prints rows as they come, in a format that needs no end.
   *
   * @param run hands rows on, and is told whether anybody still reads
   * @throws GsdkError (USAGE) before anything is sent when another format is asked for
   */
  async stream(plain: StreamShape, run: (print: PrintRows) => Promise<void>): Promise<void> {
    const { fields, header } = this.#options;
    const shape = this.#withNames(plain);
    if (fields === 'help') return this.print(shape.fields.map((field) => `${field}\n`));
    const { value: format, source } = this.configuration.output;
    const isChosen = source !== 'default';
    const toText = await createRowPrinter(shape, { format, isChosen, fields, hasHeader: header !== false });
    const names = await this.names();
    this.ending = { exitCode: 0 };
    await run(async (rows) => {
      await this.print(toText(names ? rows.map((row) => withName(row, names)) : rows));
      return !this.#stdout.isReaderGone;
    });
  }

  /** With a gateway at hand to read, whose connection is ended whatever happens. */
  online<T>(question: (gateway: Gateway) => Promise<T>): Promise<T> {
    return this.access.online(question);
  }

  /** Prints a result that needs no gateway. Otherwise as {@link ask}. */
  async show(plain: Shape, answer: () => Promise<Result> | Result): Promise<void> {
    const { fields } = this.#options;
    const shape = this.#withNames(plain);
    if (fields === 'help') return this.print(shape.fields.map((field) => `${field}\n`));
    const format = this.#formatOf(shape);
    const projected = fields === undefined ? shape : project(shape, fields.split(','));
    const names = await this.names();
    const answered = await answer();
    const result = { ...answered, rows: answered.rows.map((row) => withName(row, names)) };
    const render = await renderers[format].load();
    const { stdout } = this.host;
    const options = {
      isColored: isColored(this.configuration.color.value, stdout, this.host.env),
      // A terminal may say that it has no columns at all: then nobody knows.
      terminalWidth: (stdout.isTTY && stdout.columns) || undefined,
      hasHeader: this.#options.header !== false,
    };
    await this.print(render({ ...projected, result }, options)).catch((error: unknown) => {
      throw shape.isRead ? error : toUnreportedWriteError(error);
    });
    this.ending = { exitCode: result.exitCode ?? 0 };
    if (result.failure && !(this.#stdout.isReaderGone && shape.isRead)) throw result.failure;
  }

  /** What devices are called, if the user has named a file that tells. Read once. */
  async names(): Promise<DeviceNames | undefined> {
    const { names: path } = this.#options;
    if (path !== undefined) this.#names ??= await readDeviceNames(path, this);
    return this.#names;
  }

  /** A shape with names, if the user wants them. */
  #withNames<S extends Shape>(shape: S): S {
    return this.#options.names === undefined ? shape : withNameField(shape);
  }

  /** What a shape is printed as. @throws GsdkError (USAGE) for a format that it does not have */
  #formatOf(shape: Shape): OutputFormat {
    const { value, source } = this.configuration.output;
    const format = source === 'default' ? (shape.format ?? value) : value;
    if (format !== 'ids' || shape.deviceID !== undefined) return format;
    throw usageError('-o ids: this command prints no devices', 'the other formats: gsdk help output');
  }

  /** Writes to standard output. */
  async print(pieces: Iterable<string>): Promise<void> {
    await this.#stdout.write(pieces);
  }

  /** Writes a warning to standard error, unless told to be quiet. */
  async warn(message: string): Promise<void> {
    if (!this.#options.quiet) await this.report(`gsdk: warning: ${escapeControlChars(message)}\n`);
  }

  /** Tells a person how things go; a cron job that succeeds hears nothing. */
  async tell(message: string): Promise<void> {
    const isWatched = this.host.stderr.isTTY === true || this.#options.verbose === true;
    if (isWatched && !this.#options.quiet) await this.report(`${escapeControlChars(message)}\n`);
  }

  /** Tells with --verbose, and only then, what somebody needs who wants to do the same again. */
  async detail(message: string): Promise<void> {
    const { verbose, quiet } = this.#options;
    if (verbose && !quiet) await this.report(`${escapeControlChars(message)}\n`);
  }

  /** Writes to standard error; where that itself fails there is nobody left to tell. */
  async report(text: string): Promise<void> {
    await this.#stderr.write([text]).catch((_unheard: GsdkError) => {});
  }
}
