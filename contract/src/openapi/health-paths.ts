import { phrase } from '../locale.ts';
import { faultResponse } from './fault-responses.ts';
import type { ApiResponse, OpenApiDocument, OpenApiOperation } from './open-api-types.ts';
import { HealthReport, jsonResponse } from './publish-schema.ts';

/** The paths of the document that tell about a node. */
export function healthPaths(): OpenApiDocument['paths'] {
  return {
    '/health/live': {
      get: health('getLiveness', 'Whether the process answers.', { '200': report('It does.', 'live') }),
    },
    '/health/ready': {
      get: health('getReadiness', 'Whether the node also reaches its database and is not stopping.', {
        '200': report('Send it requests.', 'ready'),
        '503': report('Send it none.', 'not ready'),
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
    description: 'Needs no token. Nodes that only run jobs answer it too.',
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
