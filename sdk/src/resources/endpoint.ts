import { NotFoundError, toUnreadableError } from '../errors.ts';
import { Pages } from '../pages.ts';
import type { Call, CallOptions, CallResult, Transport } from '../transport.ts';

/** A job that the service has accepted: it processes the devices in the background. */
export interface AcceptedJob {
  /** The batch tracking id: pass it to `batchUploadStatus.byId`. */
  readonly trackingId: string;
  /** The `Location` header as received: `/customers/{customer}/batchJobStatus/{trackingId}`. */
  readonly location: string;
  readonly requestId: string;
  readonly correlationId: string;
}

/** What a call to an endpoint can have in addition to its body. */
type EndpointOptions = CallOptions & Pick<Call, 'headers'>;

/** A path of the API and the kinds of calls that it accepts. Every resource sends its calls through an endpoint. */
export class Endpoint {
  readonly transport: Transport;
  readonly path: string;

  constructor(transport: Transport, path = '') {
    this.transport = transport;
    this.path = path;
  }

  /**
   * The endpoint below this one; segments are percent-encoded. Throws a `TypeError` for a segment that cannot be part
   * of a path: an empty one would name another resource, and URL parsers remove `.` and `..`.
   */
  at(...segments: readonly string[]): Endpoint {
    return new Endpoint(this.transport, segments.reduce(appendSegment, this.path));
  }

  get<T>(options?: EndpointOptions): Promise<T> {
    return this.send<T>('GET', undefined, options);
  }

  list<T>(options?: CallOptions): Pages<T> {
    return new Pages({ transport: this.transport, path: this.path, options });
  }

  /** A call that returns a resource in the shape that the contract defines. */
  async send<T>(method: Call['method'], body?: object, options?: EndpointOptions): Promise<T> {
    return (await this.#call(method, body, options)).body as T;
  }

  /** A call that returns a job. */
  async submit(method: Call['method'], body: object, options?: EndpointOptions): Promise<AcceptedJob> {
    return toAcceptedJob(await this.#call(method, body, options));
  }

  /** Throws a `NotFoundError` if there is nothing to delete. */
  async delete(options?: EndpointOptions): Promise<void> {
    try {
      await this.#call('DELETE', undefined, options);
    } catch (error) {
      // An earlier attempt, whose response was lost, has deleted it.
      if (error instanceof NotFoundError && error.isAfterLostAnswer) return;
      throw error;
    }
  }

  #call(
    method: Call['method'],
    body: object | undefined,
    options: EndpointOptions = {},
  ): Promise<CallResult> {
    const { headers, ...callOptions } = options;
    const text = body && JSON.stringify(body);
    return this.transport.send({ method, path: this.path, body: text, headers, options: callOptions });
  }
}

/** The job that a 202 announces. Throws an `UnreadableResponseError` without a `Location`: the job cannot be followed. */
export function toAcceptedJob(result: CallResult): AcceptedJob {
  const { requestId, correlationId } = result;
  const location = result.headers.get('Location') ?? '';
  const trackingId = location.split('/').findLast((segment) => segment !== '');
  if (trackingId === undefined)
    throw toUnreadableError(result, 'The response has no Location header, so there is no tracking id.');
  return { trackingId, location, requestId, correlationId };
}

function appendSegment(path: string, segment: string): string {
  if (segment === '' || segment === '.' || segment === '..')
    throw new TypeError(`"${segment}" cannot be used as an id.`);
  return `${path}/${encodeURIComponent(segment)}`;
}
