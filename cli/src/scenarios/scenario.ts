import type { CustomerOperations } from '@muster/sdk';
import type { Localized } from '../messages/message.ts';

/** Something a scenario needs to know. */
export interface ScenarioInput {
  readonly name: string;
  readonly question: Localized;
  /** Used when the answer is empty; an input without one must be answered. */
  readonly fallback?: string;
}

/** One of Microsoft's device deployment scenarios, as their console test app has them. */
export interface Scenario {
  /** The name of Microsoft's sample class. */
  readonly name: string;
  readonly summary: Localized;
  readonly inputs: readonly ScenarioInput[];
  run(customer: CustomerOperations, inputs: Readonly<Record<string, string>>): Promise<unknown>;
}
