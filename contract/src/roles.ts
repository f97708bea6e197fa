/** The roles of callers, with Partner Center's names (`docs/domain.md` 5.1, Roles). */
export const roles = ['AdminAgents', 'SalesAgents', 'GlobalAdmin'] as const;
export type Role = (typeof roles)[number];

/** Whether this is the name of a role. Any other value grants nothing. */
export function isRole(value: unknown): value is Role {
  return (roles as readonly unknown[]).includes(value);
}
