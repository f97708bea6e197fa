/** What a caller may do, in Partner Center's names (`product.md`: who may). */
export const roles = ['AdminAgents', 'SalesAgents', 'GlobalAdmin'] as const;
export type Role = (typeof roles)[number];
