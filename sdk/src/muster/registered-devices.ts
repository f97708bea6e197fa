import type { DeviceEvent, DeviceFindRequest, RegisteredDevice } from '../generated/muster-types.ts';
import { Pages } from '../pages.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import type { CallOptions } from '../transport.ts';
import { listByCursor, type CursorListOptions } from './cursor-list.ts';

/** What to find devices by: exactly one of the first five. */
export type DeviceSearch = Omit<DeviceFindRequest, 'limit' | 'cursor'>;

/** Which devices of a customer to list. */
export interface CustomerDeviceListOptions extends CursorListOptions {
  readonly batchId?: string | undefined;
  readonly policyId?: string | undefined;
  /** Devices registered at or after this time. */
  readonly since?: Date | string | undefined;
}

/** Registered devices of all the partner's customers. Muster's own API: Partner Center answers with a `NotFoundError`. */
export class RegisteredDevices {
  readonly #root: Endpoint;

  constructor(root: Endpoint) {
    this.#root = root;
  }

  /**
   * Finds devices whatever their customers and batches, fetched page by page while they are read. Values are texts: no
   * character in them stands for others.
   */
  find(search: DeviceSearch, { pageSize, ...options }: CursorListOptions = {}): Pages<RegisteredDevice> {
    const { transport, path } = this.#root.at('devices', 'find');
    const body = { ...search, ...(pageSize !== undefined && { limit: pageSize }) };
    const paging = {
      tokenMember: 'nextCursor',
      needsItems: true,
      next: (cursor: string) => ({ body: { cursor } }),
    };
    return new Pages({ transport, path, body, options, paging });
  }

  /** One device, registered or removed, by its id alone. Throws a `NotFoundError` when no customer of the partner has it. */
  get(deviceId: string, options?: CallOptions): Promise<RegisteredDevice> {
    return this.#root.at('devices', deviceId).get(options);
  }

  /**
   * What happened to a device, in order: its registration, uploads that named it again, changes of policy, moves, its
   * removal. A removed device keeps its history.
   */
  history(deviceId: string, options: CursorListOptions = {}): Pages<DeviceEvent> {
    return listByCursor(this.#root.at('devices', deviceId, 'history'), {}, options);
  }

  /** All devices of a customer, batch by batch. */
  list(customerId: string, options: CustomerDeviceListOptions = {}): Pages<RegisteredDevice> {
    const { batchId, policyId, since, ...rest } = options;
    return listByCursor(
      this.#root.at('customers', customerId, 'devices'),
      { batchId, policyId, since },
      rest,
    );
  }
}
