import { phrase } from '../locale.ts';
import { faultResponse } from './fault-responses.ts';
import type { ApiResponse, OpenApiDocument, OpenApiOperation } from './open-api-types.ts';
import { HealthReport, jsonResponse } from './publish-schema.ts';

/** The paths of the health checks. */
export function healthPaths(): OpenApiDocument['paths'] {
  return {
    '/health/live': {
      get: health('getLiveness', 'Check whether the process responds.', {
        '200': report('The process responds.', 'live'),
      }),
    },
    '/health/ready': {
      get: health('getReadiness', 'Check whether the node reaches its database and is not stopping.', {
        '200': report('The node accepts requests.', 'ready'),
        '503': report('The node does not accept requests at the moment.', 'not ready'),
      }),
    },
  };
}

function health(
  operationId: string,
  summary: string,
  responses: Record<string, ApiResponse>,
): OpenApiOperation {
  return {
    operationId,
    tags: ['Health'],
    summary,
    description: 'Requires no token. Nodes that only run jobs also serve it.',
    security: [],
    parameters: [],
    responses: { ...responses, '400': unreadable },
  };
}

function report(description: string, status: string): ApiResponse {
  return jsonResponse(description, HealthReport, {
    [status.replace(' ', '_')]: { summary: status, value: { status } },
  });
}

const unreadable = faultResponse(['InvalidInput'], {
  InvalidInput: {
    member: phrase('The request', '要求'),
    problem: phrase('has no Host header', '沒有 Host 標頭'),
  },
});
