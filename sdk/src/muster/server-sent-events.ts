/** One block of a stream of server-sent events. */
export interface ServerSentEvent {
  /** The last id that was sent, also by an earlier block. */
  readonly id: string | undefined;
  /** Undefined: the block has no data, only an id. */
  readonly data: string | undefined;
}

/**
 * Reads server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). Blocks without data are given,
 * too, for their ids; comments are left out. Throws what reading the response throws.
 */
export async function* readServerSentEvents(response: Response): AsyncGenerator<ServerSentEvent> {
  if (!response.body) return;
  let id: string | undefined;
  let data: string[] = [];
  let isComment = true;
  for await (const line of readLines(response.body)) {
    if (line === '') {
      if (!isComment) yield { id, data: data.length > 0 ? data.join('\n') : undefined };
      data = [];
      isComment = true;
      continue;
    }
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === 'id') id = value;
    if (field === 'data') data.push(value);
    isComment &&= field !== 'id' && field !== 'data';
  }
}

async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = `${rest}${value}`.split(/\r\n|\n|\r/);
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
